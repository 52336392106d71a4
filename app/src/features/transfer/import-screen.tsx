import { lazy, Suspense, useState } from 'react';
import { Opening } from '../../ui/opening.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { FilePicker } from './file-picker.tsx';
import './import.css';
import { ImportsList } from './imports-list.tsx';
import { words } from './words.ts';
import '../../ui/parts.css';

/** The reader of bank files is large, and not needed before there is a file. */
const FilePreview = lazy(async () => ({ default: (await import('./file-preview.tsx')).FilePreview }));

/** From a bank's file to entries: nothing is kept before every row was shown. */
export const ImportScreen = () => {
  const [file, setFile] = useState<File>();
  useTitle(words.title);
  if (file)
    return (
      <Suspense fallback={<Opening />}>
        <FilePreview
          key={`${file.name} ${file.lastModified} ${file.size}`}
          file={file}
          onChooseAnother={() => setFile(undefined)}
        />
      </Suspense>
    );
  return (
    <div className="page scrolls">
      <header className="top">
        <h1>{words.title}</h1>
      </header>
      <main id="main">
        <section className="wrap">
          <FilePicker onFile={setFile} />
        </section>
        <ImportsList />
      </main>
    </div>
  );
};
