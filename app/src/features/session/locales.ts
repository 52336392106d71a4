/** Ways of writing numbers and dates to choose from; a profile may hold any other. */
const offered = [
  'en-GB',
  'en-US',
  'de-DE',
  'de-AT',
  'de-CH',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pt-PT',
  'pl-PL',
  'sv-SE',
  'ja-JP',
  'en-IN',
  'ar-EG',
  'he-IL',
];

/** With the one in use first among them, each in its own language. */
export const localeChoices = (current: string): readonly { readonly tag: string; readonly label: string }[] =>
  [...new Set([current, ...offered])].map((tag) => ({ tag, label: localeName(tag) }));

const localeName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};
