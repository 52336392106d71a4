import { useBook } from '../../model/book-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import type { EntryFilter } from './entry-filter.ts';
import type { MonthSummary } from './month-list.ts';
import { words } from './words.ts';

type FilterSelectsProps = {
  filter: EntryFilter;
  months: readonly MonthSummary[];
  showsMonths: boolean;
  onChange: (part: Partial<EntryFilter>) => void;
};

const all = 'all';
const none = 'none';

export const FilterSelects = ({ filter, months, showsMonths, onChange }: FilterSelectsProps) => {
  const { categories } = useBook();
  const format = useFormat();
  const isMonthListed = months.some(({ month }) => month === filter.month);
  return (
    <div className="selects">
      {showsMonths && (
        <select
          className={filter.month ? 'pick set' : 'pick'}
          aria-label={words.month}
          value={filter.month ?? all}
          onChange={(event) =>
            onChange(event.target.value === all ? { month: undefined } : { month: event.target.value })
          }
        >
          <option value={all}>{words.allMonths}</option>
          {filter.month && !isMonthListed && <option value={filter.month}>{format.month(filter.month)}</option>}
          {months.map(({ month }) => (
            <option key={month} value={month}>
              {format.month(month)}
            </option>
          ))}
        </select>
      )}
      <select
        className={filter.categoryId === undefined ? 'pick' : 'pick set'}
        aria-label={words.category}
        value={filter.categoryId === undefined ? all : (filter.categoryId ?? none)}
        onChange={({ target: { value } }) =>
          onChange({ categoryId: value === all ? undefined : value === none ? null : value })
        }
      >
        <option value={all}>{words.allCategories}</option>
        {categories.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value={none}>{words.noCategory}</option>
      </select>
    </div>
  );
};
