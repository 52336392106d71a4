const plurals = new Intl.PluralRules('en');

/** The form of a noun that goes with a count, in this catalogue's language. */
export const plural = (count: number, one: string, other: string): string =>
  plurals.select(count) === 'one' ? one : other;

/** What the advisor's screens say around the cards; the cards' own words are in `insight-words.ts`. */
export const words = {
  title: 'Advice',
  workedFrom: (count: number, text: string) =>
    `Worked out on this device, from ${text} ${plural(count, 'entry', 'entries')}`,
  cardLabel: (label: string) => `${label}, worked out on this device`,
  fromServer: 'From the server. This device is still loading your ledger; then it works this out itself.',
  serverLabel: (label: string) => `${label}, worked out on the server`,
  notYet: 'This device is still loading your ledger. The advice follows when it is here.',
  tentative: (count: number, text: string) =>
    `With ${text} ${plural(count, 'entry', 'entries')} these are suggestions, no more. From 30 entries on there is enough to go by.`,
  nothing: 'Nothing to tell',
  nothingWhy: 'No budget is over, nothing unusual was charged, and no bill is late.',
  empty: 'Nothing to go by yet',
  emptyWhy: 'Write entries down, or import a file of your bank. What can be learned from them appears here.',
  heldBack: (count: number, text: string) =>
    `${text} more ${plural(count, 'card is', 'cards are')} held back: five a week are enough.`,
  why: 'Why',
  whyOf: (claim: string) => `Why: ${claim}`,
  gotIt: 'Got it',
  gotItOf: (claim: string) => `Got it: ${claim}`,
  failed: 'The advice could not be worked out',
  failedWhy: 'Your entries are not touched by that.',
  failedClosed: 'A newer version of the app is open. Reload this page.',
  again: 'Try again',
  leftOut: (count: number, text: string) => `${text} ${plural(count, 'entry was', 'entries were')} left out`,
  leftOutWhy: {
    id: 'it has no id',
    kind: 'it is neither an expense nor an income',
    date: 'its date cannot be read',
    amount: 'its amount cannot be counted with',
    currency: 'its currency is not known',
    title: 'its description cannot be read',
    category: 'its category cannot be read',
  },
  tooLarge: (currencies: string) =>
    `Nothing is said of ${currencies}: the amounts are too large to be added up exactly.`,
  answered: 'Answered',
  answeredWhy: 'Hidden, or counted otherwise, because of what you said. It holds on every device.',
  bringBack: 'Take back',
  bringBackOf: (what: string) => `Take back: ${what}`,
  hidden: (claim: string) => `Hidden: ${claim}`,
  answeredWith: (answer: string, claim: string) => `${answer}: ${claim}`,
  takenBack: 'Taken back',
  howItAddsUp: 'How it adds up',
  entriesUsed: (count: string) => `Entries used, ${count}`,
  entriesUsedOf: (count: string, all: string) => `Entries used, ${count} of ${all}`,
  untick: 'Untick to leave one out',
  budgetsCountAll: 'Budgets count every one',
  entryOfDay: (title: string, day: string) => `${title}, ${day}`,
  leftOutByYou: 'left out by you',
  leaveOut: (title: string, day: string) => `Count ${title} of ${day}`,
  excluded: (title: string) => `Left out: ${title}`,
  counted: (title: string) => `Counted again: ${title}`,
  gone: 'This is no advice any more',
  goneWhy: 'What it was about has changed, or somebody answered it on another device.',
  goneWithout: 'Without what you left out there is nothing to tell.',
  notHere: 'The entries are not on this device yet.',
  rule: (rule: string) => `The rule: ${rule}`,
  setBudget: (amount: string) => `Set the budget to ${amount}`,
  addBudget: (amount: string) => `Set a budget of ${amount}`,
  budgetSet: (category: string, amount: string) => `Budget for ${category}: ${amount}`,
  answer: 'Answer',
  forecasts: 'Forecast for the month',
  forecastOf: (low: string, high: string) => `between ${low} and ${high} in 4 months of 5`,
  forecastAll: 'All spending',
  forecastSpent: (amount: string) => `${amount} spent`,
  record: (count: number, covered: number, error: string) =>
    `Of the last ${count} ${plural(count, 'forecast', 'forecasts')}, ${covered} held; half were within ${error}.`,
  noRecord:
    'No forecast of it has been scored yet. The first is kept from the 10th on, and scored when the month is over.',
  poorRecord: 'Hidden: earlier forecasts of it were too far off.',
  undo: 'Undo',
  close: 'Close',
  noCategory: 'No category',
  goneCategory: 'A category that is gone',
  untitled: 'No description',
};
