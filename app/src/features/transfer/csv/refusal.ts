/** Why a row makes no entry, with the facts that its sentence needs. `text` is the cell as the file writes it. */
export type RefusalReason =
  | { readonly type: 'wrongCellCount'; readonly found: number; readonly expected: number }
  | { readonly type: 'brokenQuote' }
  | { readonly type: 'summaryLine' }
  | { readonly type: 'repeatedHeading' }
  | { readonly type: 'noDateColumn' }
  | { readonly type: 'noDate' }
  | { readonly type: 'unreadableDate'; readonly text: string }
  | { readonly type: 'impossibleDate'; readonly text: string }
  | { readonly type: 'noAmountColumn' }
  | { readonly type: 'noAmount' }
  | { readonly type: 'zeroAmount' }
  | { readonly type: 'unreadableAmount'; readonly text: string }
  | { readonly type: 'ambiguousAmount'; readonly text: string }
  | {
      readonly type: 'tooManyDecimals';
      readonly text: string;
      readonly currency: string;
      readonly digitsMax: number;
    }
  | { readonly type: 'amountTooLarge'; readonly text: string }
  | { readonly type: 'bothDebitAndCredit'; readonly debit: string; readonly credit: string }
  | { readonly type: 'unknownDirection'; readonly text: string }
  | { readonly type: 'unknownCurrency'; readonly text: string }
  | { readonly type: 'neverHappened'; readonly text: string }
  | {
      readonly type: 'tooLong';
      readonly field: 'description' | 'note' | 'category';
      readonly length: number;
      readonly lengthMax: number;
    };
