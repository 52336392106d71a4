import { currencyCodes } from '@fintrack/sync-core/protocol';
import { useId } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { type AmountProblem, readAmountSum } from './amount-sum.ts';
import type { EntryForm } from './entry-form.ts';
import { amountSentence, words } from './words.ts';

type AmountFieldProps = {
  form: EntryForm;
  problem: AmountProblem | undefined;
  onChange: (part: Partial<EntryForm>) => void;
};

/** The one strong figure of the sheet, as typed; what it was read as stands below before it is saved. */
export const AmountField = ({ form, problem, onChange }: AmountFieldProps) => {
  const id = useId();
  const format = useFormat();
  const { profile } = useBook();
  const read = readAmountSum(form.amountText, form.currency, decimalMarkOf(format.locale));
  // On a phone the keypad is there, and the system's keyboard would come up over it.
  const hasOwnKeypad = useMedia('(pointer: coarse) and (max-width: 699px)');
  const isLong = form.amountText.length > 9;
  return (
    <div className="amount">
      <div className="amount-line">
        <select
          className="currency"
          aria-label={words.currency}
          value={form.currency}
          onChange={(event) => onChange({ currency: event.target.value })}
        >
          {currencyOptions(profile.currency, form.currency).map((code) => (
            <option key={code}>{code}</option>
          ))}
        </select>
        <label htmlFor={id} className="sr">
          {words.amount}
        </label>
        <input
          data-amount
          data-first-focus={hasOwnKeypad ? undefined : true}
          id={id}
          className={isLong ? 'amount-input long' : 'amount-input'}
          inputMode={hasOwnKeypad ? 'none' : 'decimal'}
          autoComplete="off"
          placeholder="0"
          value={form.amountText}
          aria-describedby={`${id}-read`}
          aria-invalid={problem !== undefined}
          onChange={(event) => onChange({ amountText: event.target.value })}
        />
      </div>
      <p id={`${id}-read`} className={problem ? 'below bad' : 'below'} role={problem ? 'alert' : undefined}>
        {problem
          ? amountSentence(problem, form.currency)
          : read.ok
            ? (read.value.minor < 0 ? words.readAsRefund : words.readAs)(format.coded(read.value.minor, form.currency))
            : read.error.type === 'ambiguous' || read.error.type === 'otherCurrency'
              ? amountSentence(read.error, form.currency)
              : words.typeAmount}
      </p>
    </div>
  );
};

/** The home currency leads; the rest by code. */
const currencyOptions = (home: string, current: string): readonly string[] => [
  ...new Set([home, current, ...currencyCodes]),
];
