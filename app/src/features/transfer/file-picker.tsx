import { type DragEvent, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { words } from './words.ts';

export const FilePicker = ({ onFile }: { onFile: (file: File) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <h2 className="claim">{words.claim}</h2>
      <p className="ink-2 drop-lead">{words.lead}</p>
      <p className="btn-row drop-ways">
        <button type="button" className="btn btn-main" onClick={() => input.current?.click()}>
          <Icon name="file" />
          {words.choose}
        </button>
        <span className="ink-3 drop-or">{words.orDrop}</span>
      </p>
      {/* Not limited to CSV: a wrong file gets a sentence that says what it is and what to do. */}
      <input
        ref={input}
        type="file"
        className="sr"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
        }}
      />
    </div>
  );
};
