import { useValueContext } from '../../ui/use-value-context.ts';
import { authorText, capital, groupName, valueText } from '../../ui/value-words.ts';
import type { Side, VersionRow, Versions } from './versions.ts';
import { words } from './words.ts';

type VersusTableProps = { versions: Versions; isBusy: boolean; onKeep: () => void; onTake: () => void };

/** Two columns; fields that are equal span both in grey, so that only the difference speaks. */
export const VersusTable = ({ versions, isBusy, onKeep, onTake }: VersusTableProps) => {
  const { rows, stands, other } = versions;
  return (
    <table className="versus">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr">{words.field}</span>
          </th>
          <Head side={stands} isNow />
          <Head side={other} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.group} row={row} />
        ))}
        <tr>
          <td />
          <td>
            <KeepButton side={stands} isBusy={isBusy} onClick={onKeep} />
          </td>
          <td>
            <KeepButton side={other} isBusy={isBusy} onClick={onTake} />
          </td>
        </tr>
      </tbody>
    </table>
  );
};

const nameOf = ({ author }: Side): string => (author ? authorText(author) : words.otherDevice);

const Head = ({ side, isNow = false }: { side: Side; isNow?: boolean }) => {
  const { format } = useValueContext();
  return (
    <th scope="col">
      <span className="medium">{capital(nameOf(side))}</span>
      {side.at !== undefined && <span className="t-12 ink-3 line">{format.instant(side.at)}</span>}
      {isNow && <span className="t-12 ink-2 line">{words.countsNow}</span>}
    </th>
  );
};

const KeepButton = ({ side, isBusy, onClick }: { side: Side; isBusy: boolean; onClick: () => void }) => (
  <button type="button" className="btn" disabled={isBusy} aria-label={words.keepOf(nameOf(side))} onClick={onClick}>
    {words.keepThis}
  </button>
);

const Row = ({ row: { group, stands, other, isDifferent } }: { row: VersionRow }) => {
  const context = useValueContext();
  const text = valueText(group, stands, context);
  const big = group === 'amount' ? 'big' : undefined;
  return (
    <tr className={isDifferent ? 'diff' : 'same'}>
      <th scope="row">{capital(groupName(group))}</th>
      {isDifferent ? (
        <>
          <td className={big}>{text}</td>
          <td className={big}>{valueText(group, other, context)}</td>
        </>
      ) : (
        <td colSpan={2}>{words.sameInBoth(text)}</td>
      )}
    </tr>
  );
};
