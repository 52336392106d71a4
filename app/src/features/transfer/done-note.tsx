import { Link } from 'wouter';
import { useFormat } from '../../ui/format-context.tsx';
import { ImportsList } from './imports-list.tsx';
import { words } from './words.ts';

type DoneNoteProps = { file: File; count: number; onChooseAnother: () => void };

export const DoneNote = ({ file, count, onChooseAnother }: DoneNoteProps) => {
  const format = useFormat();
  return (
    <div className="page scrolls">
      <header className="top">
        <h1>{words.title}</h1>
      </header>
      <main id="main">
        <section className="wrap" role="status">
          <h2 className="claim">{words.doneClaim(count, format.count(count))}</h2>
          <p className="ink-2 break drop-lead">{words.doneWhy(file.name)}</p>
          <p className="btn-row">
            <Link className="btn btn-main" href="/entries">
              {words.seeEntries}
            </Link>
            <button type="button" className="btn" onClick={onChooseAnother}>
              {words.chooseAnother}
            </button>
          </p>
        </section>
        <ImportsList />
      </main>
    </div>
  );
};
