import { useFormat } from '../../ui/format-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { EntryForm, FormProblems } from './entry-form.ts';
import { dateSentence, textSentence, words } from './words.ts';

type DateAndNoteProps = {
  form: EntryForm;
  dateProblem: FormProblems['date'] | undefined;
  noteProblem: FormProblems['note'] | undefined;
  onChange: (part: Partial<EntryForm>) => void;
};

export const DateAndNote = ({ form, dateProblem, noteProblem, onChange }: DateAndNoteProps) => {
  const format = useFormat();
  return (
    <>
      <div className="fields">
        <label>
          <Icon name="calendar" />
          <span className="sr">{words.date}</span>
          <input
            type="date"
            value={form.date}
            min="1900-01-01"
            max="2199-12-31"
            aria-invalid={dateProblem !== undefined}
            aria-describedby="date-below"
            onChange={(event) => onChange({ date: event.target.value })}
          />
        </label>
        <label>
          <Icon name="note" />
          <span className="sr">{words.note}</span>
          <input
            value={form.note}
            placeholder={words.note}
            autoComplete="off"
            aria-invalid={noteProblem !== undefined}
            aria-describedby="note-below"
            onChange={(event) => onChange({ note: event.target.value })}
          />
        </label>
      </div>
      {dateProblem && (
        <p id="date-below" role="alert" className="below bad">
          {dateSentence(dateProblem.text)}
        </p>
      )}
      {noteProblem && (
        <p id="note-below" role="alert" className="below bad">
          {textSentence(noteProblem, 'note', format)}
        </p>
      )}
    </>
  );
};
