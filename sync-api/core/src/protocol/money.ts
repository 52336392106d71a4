/**
 * Money: a signed whole number of minor units (cents, or whole yen) together with its ISO 4217 currency. [F8]
 *
 * There is no arithmetic on decimals anywhere; sums are sums of safe integers of one currency.
 */
export type Money = {
  /** Minor units of `currency`; a safe integer. An expense of 12.40 EUR is `1240`; a refund is negative. */
  readonly minor: number;
  /** Three capital letters, listed by ISO 4217. */
  readonly currency: string;
};

/** Largest magnitude of one amount, in minor units: a hundred billion euros; 900 of them still add up to a safe integer. */
export const amountMinorMax = 10_000_000_000_000;

// Active ISO 4217 codes of money people spend (funds codes and metals left out).
const codes =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
  'CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD ' +
  'HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL ' +
  'LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR ' +
  'PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP ' +
  'TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG';

export const currencyCodes: readonly string[] = codes.split(' ');

const known: ReadonlySet<string> = new Set(currencyCodes);
const digitsOf: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3] as const),
  ['CLF', 4],
]);

export const isCurrency = (code: string): boolean => known.has(code);

/** Decimal places of the currency by ISO 4217: 2 for most, 0 for yen, 3 for the Kuwaiti dinar. */
export const minorDigits = (currency: string): number => digitsOf.get(currency) ?? 2;

/** Plain decimal text with a point and no grouping, as files and tests want it: `-12.40`, `1499`. */
export const minorToDecimal = (minor: number, currency: string): string => {
  const digits = minorDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
};
