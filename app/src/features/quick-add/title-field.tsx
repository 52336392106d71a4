import { useId, useMemo } from 'react';
import type { Entry } from '../../model/ledger.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Field } from '../../ui/field.tsx';
import type { EntryForm, TextProblem } from './entry-form.ts';
import { textSentence, words } from './words.ts';

type TitleFieldProps = {
  form: EntryForm;
  problem: TextProblem | undefined;
  recent: readonly Entry[];
  onChange: (part: Partial<EntryForm>) => void;
};

const suggestedMax = 40;

export const TitleField = ({ form, problem, recent, onChange }: TitleFieldProps) => {
  const format = useFormat();
  const listId = useId();
  const titles = useMemo(
    () => [...new Set(recent.map((entry) => entry.title).filter((title) => title !== ''))].slice(0, suggestedMax),
    [recent],
  );
  const error = problem && textSentence(problem, 'description', format);
  return (
    <div className="title-field">
      <Field label={words.description} isLabelHidden error={error}>
        {(wiring) => (
          <input
            {...wiring}
            className="input"
            value={form.title}
            list={listId}
            autoComplete="off"
            enterKeyHint="done"
            placeholder={form.kind === 'income' ? words.incomeExample : words.descriptionExample}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Field>
      <datalist id={listId}>
        {titles.map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
    </div>
  );
};
