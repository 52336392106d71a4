import { directionWord } from './direction-words.ts';
import { plainWords } from './plain-words.ts';

// Words in rows (not headings) that change what an entry is. Matched in plain words: no accents, no umlauts' e.

const list = (words: string): ReadonlySet<string> => new Set(words.split('|').map(plainWords));

const transferCategories = list(
  'transfer|transfers|credit card payment|credit card payments|card bill payment|card repayment|payment credit|payments and credits|bank deposit to pp account|internal transfer|internal transfers|' +
    'account transfer|own account transfer|transfer between accounts|transfers between accounts|umbuchung|umbuchungen|' +
    'eigenüberweisung|übertrag|überträge|kreditkartenabrechnung|kreditkartenzahlung|traspaso|traspasos|' +
    'transferencia interna|transferencias internas|transferencia entre cuentas|pago de tarjeta|pago tarjeta de crédito|' +
    'virement interne|virements internes|virement compte à compte|giroconto|overboeking eigen rekening',
);

const transferText = new RegExp(
  [
    'credit card (bill )?(auto ?)?pay(ment)?',
    'payment (received )?thank you',
    'auto ?pay(ment)? (payment|pymt|thank you)',
    '(internal|own account) transfer',
    'transfer between (own |my )?accounts',
    'transfer (to|from) (my |own )?((online |easy )?savings?|checking|current|credit card|brokerage)( account)?',
    '(to|from) (savings|checking) account',
    'uberweisung (an|auf|von) (das |ein )?eigene[sm]? konto',
    'umbuchung',
    'ubertrag (auf|von) (eigenes )?konto',
    'kreditkartenabrechnung',
    'traspaso (a|de|entre) (mi |otra |sus )?cuentas?',
    'virement (interne|compte a compte|entre (mes )?comptes)',
  ]
    // As plain words fold them: cuenta is cunta there.
    .map((phrase) => `\\b${phrase.replace(/([aou])e/g, '$1')}\\b`)
    .join('|'),
);

const refundText =
  /\b(refund(ed)?|ruckerstattung|erstattung|retoure|chargeback|reembolso|devolucion|remboursement|rimborso|terugbetaling)\b/;
const taxText =
  /\b(tax|taxes|steur|finanzamt|irs|hmrc|impot|impots|hacienda|agencia tributaria|agenzia entrate|belastingdienst)\b|steur/;
const paymentText = /\b(payment|zahlung|einzahlung|pago|paiement|reglement|pagamento|betaling)\b/;

const incomeCategories = list(
  'income|incomes|salary|salaries|wage|wages|paycheck|paychecks|payroll|pay|interest income|dividend|dividends|bonus|' +
    'gehalt|lohn|einkommen|einnahme|einnahmen|ingreso|ingresos|nómina|sueldo|salario|revenu|revenus|salaire|stipendio|' +
    'entrate|salaris|loon|inkomen|inkomsten|other income|deposit|deposits',
);
const incomeText =
  /\b(salary|payroll|paycheck|wages|gehalt|lohn|nomina|sueldo|salaire|stipendio|salaris|direct deposit|dividend|interest (paid|earned|payment|credit)|zinsgutschrift)\b/;

const balanceLines = list(
  'opening balance|closing balance|beginning balance|ending balance|starting balance|balance brought forward|' +
    'balance carried forward|brought forward|carried forward|previous balance|anfangssaldo|' +
    'endsaldo|schlusssaldo|alter saldo|neuer saldo|kontostand|anfangsbestand|endbestand|saldo inicial|saldo final|' +
    'saldo anterior|solde initial|solde final|ancien solde|nouveau solde|solde|saldo iniziale|saldo finale',
);
const balanceStart =
  /^((opening|closing|beginning|ending|starting|previous) balance|(saldo|solde) (inicial|final|anterior|initial)|kontostand (am|vom)|solde (au|du)|balance (as of|on|brought|carried)) ?/;
const summaryStart =
  /^(total|totals|sum|summe|gesamt|saldo|endsaldo|anfangssaldo|kontostand|balance|opening|closing|ending|solde|suma|end of|number of|anzahl|nombre|downloaded|generated|exported|created|disclaimer)\b/;

const isTransferWord = (cell: string): boolean => transferCategories.has(plainWords(cell));

/** Money moved between a person's own accounts, by what the row's type or category calls it. */
export const isTransfer = (type: string, category: string): boolean => {
  const word = directionWord(type);
  if (word === 'transfer' || word === 'transferOut' || word === 'transferIn') return true;
  return isTransferWord(type) || isTransferWord(category);
};

export const isTransferText = (description: string): boolean => transferText.test(plainWords(description));

/** Spending paid back. A tax refund is income: no spending went before it. */
export const isRefund = (type: string, description: string): boolean => {
  if (directionWord(type) === 'refund') return true;
  const words = plainWords(description);
  return refundText.test(words) && !taxText.test(words);
};

export const isPaymentText = (description: string): boolean => paymentText.test(plainWords(description));
export const isIncomeCategory = (category: string): boolean => incomeCategories.has(plainWords(category));
export const isIncomeText = (text: string): boolean => incomeText.test(plainWords(text)) || isIncomeCategory(text);

/** A balance that stands in the table as though it were a booking. */
export const isBalanceLine = (description: string): boolean => {
  const words = plainWords(description);
  return balanceLines.has(words) || balanceStart.test(words);
};
export const startsLikeSummary = (cell: string): boolean => summaryStart.test(plainWords(cell));

const neverHappened = list(
  'declined|reverted|failed|cancelled|canceled|denied|rejected|voided|void|expired|abgelehnt|storniert|' +
    'fehlgeschlagen|abgebrochen|rechazado|rechazada|cancelado|cancelada|anulado|anulada|refusé|refusée|annulé|annulée|échoué|rifiutato|annullato',
);

/** True for a status of a booking that moved no money. */
export const isNeverHappened = (status: string): boolean => neverHappened.has(plainWords(status));
