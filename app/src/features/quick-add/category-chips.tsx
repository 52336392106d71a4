import { useState } from 'react';
import type { Category } from '../../model/ledger.ts';
import { useServices } from '../../model/services-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { words } from './words.ts';

type CategoryChipsProps = {
  /** The likeliest first. */
  categories: readonly Category[];
  chosenId: string | null;
  /** Why a category is offered, by its id. */
  reasons: ReadonlyMap<string, string>;
  /** The person is about to choose. */
  onReach: () => void;
  onChoose: (id: string | null) => void;
};

const shownFirst = 3;

/** The likely categories; "All" opens the rest and a place for a new one. Pressing the chosen one takes it away. */
export const CategoryChips = ({ categories, chosenId, reasons, onReach, onChoose }: CategoryChipsProps) => {
  const [isOpen, setOpen] = useState(false);
  const first = categories.slice(0, shownFirst);
  const chosen = categories.find((category) => category.id === chosenId);
  const few = chosen && !first.includes(chosen) ? [chosen, ...first.slice(0, shownFirst - 1)] : first;
  const shown = isOpen ? categories : few;
  return (
    <div role="group" aria-label={words.category} onPointerDownCapture={onReach} onFocusCapture={onReach}>
      <div className={isOpen ? 'chips open' : 'chips'}>
        {shown.map((category) => (
          <button
            key={category.id}
            type="button"
            className="chip"
            aria-pressed={category.id === chosenId}
            title={reasons.get(category.id)}
            aria-description={reasons.get(category.id)}
            onClick={() => onChoose(category.id === chosenId ? null : category.id)}
          >
            <Mark hue={category.hue} />
            {category.name}
          </button>
        ))}
        <button type="button" className="chip" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.fewer : words.all}
        </button>
      </div>
      {isOpen && <NewCategory onAdded={onChoose} />}
    </div>
  );
};

const NewCategory = ({ onAdded }: { onAdded: (id: string) => void }) => {
  const { ledger } = useServices();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isAdding, setAdding] = useState(false);
  const add = async () => {
    if (name.trim() === '' || isAdding) return;
    setAdding(true);
    const added = await ledger.addCategory(name.trim());
    setAdding(false);
    if (!added.ok) return setProblem(saveErrorSentence(added.error));
    setName('');
    setProblem(undefined);
    onAdded(added.value.id);
  };
  return (
    <div className="new-category">
      <input
        className="input"
        aria-label={words.newCategory}
        placeholder={words.newCategory}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void add();
        }}
      />
      <button type="button" className="btn" onClick={() => void add()}>
        {words.addCategory}
      </button>
      {problem && (
        <p role="alert" className="below bad">
          {problem}
        </p>
      )}
    </div>
  );
};
