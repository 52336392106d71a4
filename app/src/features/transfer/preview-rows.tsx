import { useState } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { useToday } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { isOfTab, type PreviewRow, type PreviewTab, titleOf } from './import-rows.ts';
import { words } from './words.ts';

const tabs: readonly PreviewTab[] = ['all', 'fresh', 'known', 'refused'];

/** Rows at once; thousands of check boxes would make every press slow. */
const shownStep = 200;

type PreviewRowsProps = {
  rows: readonly PreviewRow[];
  isTaken: (line: number) => boolean;
  onFlip: (line: number) => void;
};

export const PreviewRows = ({ rows, isTaken, onFlip }: PreviewRowsProps) => {
  const format = useFormat();
  const [tab, setTab] = useState<PreviewTab>('all');
  const [shown, setShown] = useState(shownStep);
  const ofTab = rows.filter((row) => isOfTab(row, tab));
  return (
    <div className="preview">
      <div className="tabs" role="group" aria-label={words.rows}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === tab}
            onClick={() => {
              setTab(each);
              setShown(shownStep);
            }}
          >
            {words.tabs[each](format.count(rows.filter((row) => isOfTab(row, each)).length))}
          </button>
        ))}
      </div>
      {ofTab.length === 0 && <p className="ink-2 preview-note">{words.none}</p>}
      <ul>
        {ofTab.slice(0, shown).map((row) =>
          row.type === 'entry' ? (
            <EntryLine
              key={`entry ${row.line}`}
              row={row}
              isTaken={isTaken(row.line)}
              onFlip={() => onFlip(row.line)}
            />
          ) : (
            <li key={`refused ${row.line}`} className="preview-line">
              <span className="t-12 ink-3">{words.line(format.count(row.line))}</span>
              <span className="break">
                <span className="bad">{row.why}</span>
                <span className="sub">{row.cells.join(' \u00b7 ').slice(0, 300)}</span>
              </span>
            </li>
          ),
        )}
      </ul>
      {ofTab.length > shown && (
        <p className="preview-note">
          <button type="button" className="btn" onClick={() => setShown(shown + shownStep)}>
            {words.showMore}
          </button>
        </p>
      )}
    </div>
  );
};

type EntryLineProps = { row: Extract<PreviewRow, { type: 'entry' }>; isTaken: boolean; onFlip: () => void };

const EntryLine = ({ row: { entry, isKnown }, isTaken, onFlip }: EntryLineProps) => {
  const format = useFormat();
  const today = useToday();
  const { currency } = useBook().profile;
  const title = titleOf(entry) || words.untitled;
  const day = format.day(entry.date, today);
  const isIncome = entry.kind === 'income';
  const amount =
    entry.currency === currency
      ? format.amount(entry.amountMinor, entry.currency)
      : format.money(entry.amountMinor, entry.currency);
  const sub = [
    isIncome ? words.income : entry.categoryName || words.noCategory,
    entry.transfer ? words.transfer : '',
    entry.note,
  ];
  return (
    <li>
      <label className={isTaken ? 'preview-line' : 'preview-line left-out'}>
        <input
          type="checkbox"
          className="check"
          checked={isTaken}
          aria-label={words.importRow(title, day)}
          onChange={onFlip}
        />
        <span className="when">{day}</span>
        <span className="what break">
          {title}
          <span className="sub">
            {isKnown && <span className="warn">{words.alreadyHere}. </span>}
            {sub.filter((part) => part !== '').join(', ')}
          </span>
        </span>
        <span className={isIncome ? 'n good' : 'n'}>
          {isIncome && '+'}
          {amount}
        </span>
      </label>
    </li>
  );
};
