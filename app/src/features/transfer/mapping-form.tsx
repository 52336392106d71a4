import { type ReactNode, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { twoPanes, useMedia } from '../../ui/use-media.ts';
import { currencyCodes } from '@fintrack/sync-core/protocol';
import { columnReasonMessage } from './csv/csv-messages.ts';
import { type MappingOptions, withRole } from './csv/guess-mapping.ts';
import type { ImportPlan } from './csv/import-plan.ts';
import type { Mapping } from './csv/mapping.ts';
import {
  mappingChoices,
  withDecimalMark,
  withDefaultCurrency,
  withSignConvention,
  withStyleOrder,
} from './csv/mapping-options.ts';
import { words } from './words.ts';
import '../../ui/forms.css';

type MappingFormProps = { plan: ImportPlan; options: MappingOptions; onChange: (mapping: Mapping) => void };

/** Every guess about the file, in menus; changing one reads the rows anew at once. */
export const MappingForm = ({ plan: { table, mapping }, options, onChange }: MappingFormProps) => {
  // On a phone the rows come first, unless something has to be checked.
  const hasPanes = useMedia(twoPanes);
  const [isOpen, setOpen] = useState(hasPanes || mapping.doubts.length > 0);
  const choices = mappingChoices(mapping);
  const firstRow = table.rows.find((row) => row.cells.length === table.width) ?? table.rows[0];
  const money = mapping.columns.find((column) => ['amount', 'debit', 'credit'].includes(column.role));
  return (
    <details className="mapping" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2 className="medium">{words.howRead}</h2>
        <Icon name="next" small />
      </summary>
      <ul>
        {mapping.columns.map((column) => {
          const heading = column.heading || words.column(column.index + 1);
          return (
            <li key={column.index} className="map-line" title={columnReasonMessage(column.reason)}>
              <span className="map-column">
                <span className="clip">{heading}</span>
                <small className="clip">{firstRow?.cells[column.index] ?? ''}</small>
              </span>
              <Menu
                label={words.columnUse(heading)}
                value={column.role}
                isQuiet={column.role === 'ignore'}
                choices={choices.roles}
                onChange={(role) => onChange(withRole(table, mapping, { index: column.index, role }, options))}
              />
            </li>
          );
        })}
      </ul>
      <ul>
        {mapping.dateStyles
          .filter((style) => style.reason !== 'values' || style.invalid > 0)
          .map((style) => (
            <Choice key={style.style} label={words.dateOrder(style.example)}>
              <Menu
                label={words.dateOrder(style.example)}
                value={style.order}
                choices={choices.dateOrders}
                onChange={(order) => onChange(withStyleOrder(mapping, style.style, order))}
              />
            </Choice>
          ))}
        {money && (
          <Choice label={words.decimalMark}>
            <Menu
              label={words.decimalMark}
              value={money.decimalMark ?? '.'}
              choices={choices.decimalMarks}
              onChange={(mark) => onChange(withDecimalMark(mapping, mark))}
            />
          </Choice>
        )}
        <Choice label={words.signs}>
          <Menu
            label={words.signs}
            value={mapping.signConvention}
            choices={choices.signConventions}
            onChange={(convention) => onChange(withSignConvention(mapping, convention))}
          />
        </Choice>
        <Choice label={words.currency}>
          <Menu
            label={words.currency}
            value={mapping.defaultCurrency}
            choices={currencyCodes.map((code) => ({ value: code, label: code }))}
            onChange={(code) => onChange(withDefaultCurrency(mapping, code))}
          />
        </Choice>
      </ul>
    </details>
  );
};

const Choice = ({ label, children }: { label: string; children: ReactNode }) => (
  <li className="map-choice">
    <span className="t-12 ink-3">{label}</span>
    {children}
  </li>
);

type MenuProps<T extends string> = {
  label: string;
  value: T;
  isQuiet?: boolean;
  choices: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
};

const Menu = <T extends string>({ label, value, isQuiet = false, choices, onChange }: MenuProps<T>) => (
  <select
    className={isQuiet ? 'input quiet' : 'input'}
    aria-label={label}
    value={value}
    onChange={(event) => {
      const choice = choices.find((each) => each.value === event.target.value);
      if (choice) onChange(choice.value);
    }}
  >
    {choices.map((choice) => (
      <option key={choice.value} value={choice.value}>
        {choice.label}
      </option>
    ))}
  </select>
);
