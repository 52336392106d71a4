export const words = {
  title: 'Budgets',
  lead: 'What a category may cost in the month. Leave a field empty for none.',
  amountFor: (category: string) => `Budget for ${category}`,
  copy: (month: string, amount: string) => `Copy ${month}\u2019s, ${amount}`,
  copied: (month: string, count: number) => `Copied ${count} from ${month}`,
  take: (amount: string) => `Take ${amount}`,
  takeFor: (amount: string, category: string) => `Take ${amount} for ${category}`,
  takeWhy: (share: string, months: number) =>
    months === 1 ? 'what last month cost' : `enough in ${share} of ${months} months`,
  taken: (category: string, amount: string) => `Budget for ${category}: ${amount}`,
  takeAll: (count: string, amount: string) => `Take all ${count} suggestions, ${amount}`,
  tookAll: (count: string) => `Took ${count} suggestions`,
  undo: 'Undo',
  untaken: 'Taken back',
  lastMonth: (amount: string, month: string) => `${amount} in ${month}`,
  spentSoFar: (amount: string) => `${amount} spent`,
  over: (amount: string) => `${amount} over`,
  leftOf: (amount: string) => `${amount} left`,
  none: 'none',
  plan: (income: string, budgeted: string, rest: string) =>
    `Income ${income}, budgeted ${budgeted}, so ${rest} is not planned`,
  planOver: (income: string, budgeted: string, over: string) =>
    `Income ${income}, budgeted ${budgeted}: ${over} more than comes in`,
  budgeted: (amount: string) => `${amount} budgeted`,
  goTo: (month: string) => `Go to ${month}`,
  negative: 'A budget cannot be less than nothing. Write 0 or more, or leave it empty.',
  unreadable: (text: string) => `\u201c${text}\u201d is no amount. Write it like 250 or 250.00.`,
  ambiguous: (text: string) =>
    `\u201c${text}\u201d can be read in two ways. Write it without the mark that groups thousands.`,
};
