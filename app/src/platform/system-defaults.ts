import { isCurrency } from '@fintrack/sync-core/protocol';

/** Regions whose currency is not the euro, by currency; those where people ask most. */
const regionsOf = {
  USD: 'US EC SV PR',
  GBP: 'GB GG IM JE',
  CHF: 'CH LI',
  SEK: 'SE',
  NOK: 'NO',
  DKK: 'DK GL FO',
  ISK: 'IS',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  UAH: 'UA',
  TRY: 'TR',
  RUB: 'RU',
  ILS: 'IL',
  AED: 'AE',
  SAR: 'SA',
  EGP: 'EG',
  ZAR: 'ZA',
  NGN: 'NG',
  KES: 'KE',
  INR: 'IN',
  PKR: 'PK',
  BDT: 'BD',
  CNY: 'CN',
  JPY: 'JP',
  KRW: 'KR',
  TWD: 'TW',
  HKD: 'HK',
  SGD: 'SG',
  MYR: 'MY',
  THB: 'TH',
  IDR: 'ID',
  PHP: 'PH',
  VND: 'VN',
  AUD: 'AU',
  NZD: 'NZ',
  CAD: 'CA',
  MXN: 'MX',
  BRL: 'BR',
  ARS: 'AR',
  CLP: 'CL',
  COP: 'CO',
  PEN: 'PE',
} as const;

/** What a new ledger starts with, guessed from the browser's language; the person may change it. */
export const systemDefaults = (language: string): { readonly currency: string; readonly locale: string } => {
  const locale = isLocale(language) ? language : 'en';
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const found = Object.entries(regionsOf).find(([, regions]) => regions.split(' ').includes(region));
  return { locale, currency: found && isCurrency(found[0]) ? found[0] : 'EUR' };
};

const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};
