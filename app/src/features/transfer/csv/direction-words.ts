import { plainWords } from './plain-words.ts';

/** What a word in a type column says about a row. */
export type DirectionWord = 'out' | 'in' | 'transferOut' | 'transferIn' | 'transfer' | 'refund';

// English, German, Spanish, French, Italian, Dutch, Portuguese. S and H are Soll and Haben, D and H Debe and Haber.
const lists: Readonly<Record<DirectionWord, string>> = {
  out:
    'debit|dr|d|db|dbit|expense|expenses|exp|withdrawal|withdraw|outflow|out|money out|paid out|spend|spent|outgoing|purchase|sale|charge|fee|' +
    'soll|s|lastschrift|ausgabe|ausgaben|belastung|ausgang|abgang|abbuchung|cargo|debe|gasto|gastos|egreso|salida|retiro|' +
    'debit card|card debit|direct debit|outgoing transfer|transfer sent|sortie|depense|depenses|dare|uscita|uscite|addebito|spesa|af|uitgave|bij af|debito|despesa|saida',
  in:
    'credit|cr|c|income|inc|deposit|inflow|in|money in|paid in|incoming|receipt|earning|earnings|salary|incoming transfer|transfer received|' +
    'haben|h|gutschrift|einnahme|einnahmen|eingang|zugang|abono|haber|ingreso|ingresos|entrada|revenu|revenus|recette|recettes|' +
    'entree|avere|a|entrata|entrate|accredito|bij|inkomst|inkomsten|credito|receita|interest|dividend',
  transferOut: 'transfer out|transfer debit',
  transferIn: 'transfer in|transfer credit',
  transfer:
    'transfer|transfers|internal transfer|own transfer|account transfer|umbuchung|ubertrag|eigenuberweisung|traspaso|' +
    'transferencia interna|virement interne|giroconto|topup|top up|exchange|neutral|credit card payment',
  refund:
    'refund|refunded|return|card refund|reversal|chargeback|ruckerstattung|erstattung|retoure|storno|reembolso|' +
    'devolucion|remboursement|avoir|rimborso|terugbetaling|estorno',
};

const meanings: ReadonlyMap<string, DirectionWord> = new Map(
  (Object.keys(lists) as DirectionWord[]).flatMap((meaning) =>
    lists[meaning].split('|').map((word) => [plainWords(word), meaning] as const),
  ),
);

/** What a type cell says, where it is one of the known words; `+` and `-` are words too. */
export const directionWord = (cell: string): DirectionWord | undefined => {
  const text = cell.trim();
  if (text === '+') return 'in';
  if (text === '-' || text === '\u2212') return 'out';
  return meanings.get(plainWords(text));
};

/** Which side a word alone puts a row on; a transfer or a refund may be either. */
export const sideOfWord = (word: DirectionWord | undefined): 'out' | 'in' | undefined => {
  if (word === 'out' || word === 'transferOut') return 'out';
  if (word === 'in' || word === 'transferIn') return 'in';
  return undefined;
};
