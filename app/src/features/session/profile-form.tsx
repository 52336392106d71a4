import { currencyCodes, limits } from '@fintrack/sync-core/protocol';
import { useMemo, useState } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { useServices, useToday } from '../../model/services-context.tsx';
import { Field } from '../../ui/field.tsx';
import { createFormat } from '../../ui/format.ts';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { localeChoices } from './locales.ts';
import { words } from './words.ts';

/** Name, home currency and how numbers are written; kept on this device, and backed up with the rest. */
export const ProfileForm = () => {
  const { ledger } = useServices();
  const today = useToday();
  const { profile } = useBook();
  const toast = useToast();
  const [typed, setTyped] = useState<Partial<typeof profile>>({});
  const { name, currency, locale } = { ...profile, ...typed };
  const isTooLong = name.trim().length > limits.nameLengthMax;
  const example = useMemo(() => {
    const format = createFormat(locale);
    return `${format.money(123_456, currency)}, ${format.day(today)}`;
  }, [locale, currency, today]);
  const save = async () => {
    if (isTooLong) return;
    const saved = await ledger.updateProfile({
      ...typed,
      ...(typed.name === undefined ? {} : { name: typed.name.trim() }),
    });
    if (saved.ok) setTyped({});
    toast({ text: saved.ok ? words.saved : saveErrorSentence(saved.error) });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={words.name} error={isTooLong ? words.nameTooLong : undefined}>
        {(wiring) => (
          <input
            {...wiring}
            className="input"
            autoComplete="name"
            value={name}
            onChange={(event) => setTyped({ ...typed, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={words.homeCurrency} hint={words.homeCurrencyHint}>
        {(wiring) => (
          <select
            {...wiring}
            className="input"
            value={currency}
            onChange={(event) => setTyped({ ...typed, currency: event.target.value })}
          >
            {currencyCodes.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.locale} hint={words.localeHint(example)}>
        {(wiring) => (
          <select
            {...wiring}
            className="input"
            value={locale}
            onChange={(event) => setTyped({ ...typed, locale: event.target.value })}
          >
            {localeChoices(profile.locale).map(({ tag, label }) => (
              <option key={tag} value={tag}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button type="submit" className="btn" disabled={Object.keys(typed).length === 0}>
        {words.save}
      </button>
    </form>
  );
};
