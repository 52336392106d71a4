import { isCurrency } from '@fintrack/sync-core/protocol';
import type { ColumnRole } from './mapping.ts';
import { hasPhrase, plainWords } from './plain-words.ts';
import { currenciesOf } from './read-amount.ts';

/** A role that a heading may announce. Lower `rank` wins between columns; `strength`: 3 the very words, 2 among them, 1 an ending. */
export type HeadingMatch = { readonly role: ColumnRole; readonly rank: number; readonly strength: 1 | 2 | 3 };

// Headings by role and rank, in English, German, Spanish, French, then Italian, Dutch, Portuguese.
const headings: readonly (readonly [ColumnRole, number, string])[] = [
  [
    'date',
    0,
    'transaction date|trans date|date of transaction|date|datum|date time|booking date|bookingdate|buchungstag|buchungsdatum|buchung|belegdatum|transaktionsdatum|kaufdatum|fecha|fecha operación|fecha de operación|fecha de la operación|f operación|date opération|date de l opération|date d opération|date operation|data|data operazione|transactiedatum|data movimento|data da transação|when|day|tag|jour|timestamp|zeitpunkt|datum uhrzeit|created|created at|dato|period',
  ],
  [
    'date',
    1,
    'started date|start date|date started|created on|authorised date|settlement date|fecha contable|date comptable|data contabile|boekdatum|boekingsdatum|data lançamento',
  ],
  [
    'date',
    2,
    'posting date|posted date|post date|date posted|completed date|date completed|processed date|processing date|clearing date|effective date|finished on|verarbeitungsdatum',
  ],
  [
    'date',
    3,
    'value date|valuta|valutadatum|wertstellung|wertstellungsdatum|valuta datum|fecha valor|f valor|date valeur|date de valeur|data valuta|rentedatum|data valor',
  ],
  [
    'amount',
    0,
    'amount|transaction amount|amt|betrag|umsatz|umsatzbetrag|betrag in eur|importe|monto|cantidad|montant|montant de l opération|importo|bedrag|valor|value|sum|summe|wert|quantity of money|billing amount|abrechnungsbetrag|belopp|beløb|kwota|transaktionsbetrag|booked amount',
  ],
  [
    'amount',
    1,
    'net|netto|net amount|nettobetrag|total|total amount|gesamtbetrag|gesamt|price|preis|cost|kosten|prix|precio|coste|coût|prezzo',
  ],
  ['amount', 2, 'gross|brutto|bruttobetrag|bruto|brut|gross amount'],
  [
    'debit',
    0,
    'debit|debits|debit amount|amount debit|withdrawal|withdrawals|withdrawal amount|withdrawal amt|money out|paid out|outflow|out|spent|expense|expenses|expense amount|payments out|charges|soll|sollbetrag|lastschrift|belastung|belastungen|ausgabe|ausgaben|ausgang|abgang|auszahlung|cargo|cargos|debe|gasto|gastos|egresos|salida|salidas|débit|débits|montant débit|dépense|dépenses|sorties|addebito|addebiti|uscite|uscita|dare|uitgaven|débito|débitos|saídas|debit euros',
  ],
  [
    'credit',
    0,
    'credit|credits|credit amount|amount credit|deposit|deposits|deposit amount|deposit amt|money in|paid in|inflow|in|received|income|income amount|payments in|haben|habenbetrag|gutschrift|gutschriften|einnahme|einnahmen|eingang|zugang|einzahlung|abono|abonos|haber|ingreso|ingresos|entrada|entradas|crédit|crédits|montant crédit|recette|recettes|entrées|revenus|accredito|accrediti|entrate|entrata|avere|inkomsten|crédito|créditos|receitas|credit euros',
  ],
  [
    'type',
    0,
    'income expense|expense income|debit credit|credit debit|dr cr|cr dr|d c|s h|soll haben|soll haben kennzeichen|soll haben kz|kennzeichen|debe haber|cargo abono|débit crédit|sens|af bij|dare avere|ingreso gasto|einnahme ausgabe|einnahmen ausgaben|recette dépense|debit or credit|credit debit indicator|credit or debit|transaction type|type|direction|sign|vorzeichen|richtung|signo',
  ],
  [
    'type',
    1,
    'type of transaction|trans type|tran type|transactietype|kind|typ|art|tipo|tipo de movimiento|tipo de operación|type d opération|type opération|nature|umsatzart|umsatztyp|transaktionstyp|transaktionsart|buchungsart|vorgang',
  ],
  [
    'description',
    0,
    'payee|payee name|merchant|merchant name|counterparty|counterparty name|counter party|recipient|beneficiary|name|partner name|partner|store|shop|vendor|paid to|to|begünstigter zahlungspflichtiger|begünstigter auftraggeber|auftraggeber begünstigter|empfänger|empfänger auftraggeber|auftraggeber empfänger|zahlungsempfänger|zahlungsempfänger in|name zahlungsbeteiligter|händler|begünstigter|gegenpartei|beneficiario|comercio|tiers|destinataire|contrepartie|bénéficiaire|commerçant|marchand|controparte|esercente|naam omschrijving|naam tegenpartij|tegenpartij|target name|empfängername',
  ],
  [
    'description',
    1,
    'description|transaction description|details|transaction details|narrative|narration|particulars|item|what|title|bezeichnung|beschreibung|concepto|descripción|descripción del movimiento|libellé|libellé de l opération|libellé opération|libellé simplifié|intitulé|désignation|descrizione|descrizione operazione|omschrijving|descrição|histórico|statement description|appears on your statement as|detail|detalle|movimiento|operation|opération|operación',
  ],
  ['description', 2, 'buchungstext|text|umsatztext|buchungsdetails|transaction|subject|betreff|causale|information'],
  [
    'payer',
    0,
    'payer|auftraggeber|zahlungspflichtiger|zahlungspflichtige r|zahlungspflichtige|sender|from|source name|ordenante|émetteur|ordinante|from name',
  ],
  [
    'note',
    0,
    'memo|note|notes|comment|comments|notiz|notizen|verwendungszweck|zweck|kommentar|bemerkung|bemerkungen|reference|payment reference|purpose|zahlungsreferenz|referencia|observaciones|nota|notas|comentario|comentarios|concepto ampliado|más datos|motif|commentaire|commentaires|informations complémentaires|détail de l écriture|libellé complémentaire|détail|original description|extended details|full description|additional information|message|mededelingen|info|note al movimento|observações|remarks|transaction remarks|label',
  ],
  [
    'category',
    0,
    'category|category name|kategorie|categoría|catégorie|categoria|categorie|main category|hauptkategorie|categoría principal|spending category|budget category|rubrik|rubrique|rubro|parent category',
  ],
  [
    'category',
    1,
    'category group category|category group|master category|category parent|group|gruppe|catégorie parente',
  ],
  [
    'subcategory',
    0,
    'subcategory|sub category|unterkategorie|subcategoría|sous catégorie|sottocategoria|subcategorie|subcategoria|category detail',
  ],
  [
    'currency',
    0,
    'currency|currency code|ccy|curr|währung|waehrung|moneda|divisa|devise|monnaie|valuta|munt|moeda|account currency|transaction currency|währungskennzeichen',
  ],
  [
    'balance',
    0,
    'balance|running balance|account balance|available balance|ledger balance|closing balance|current balance|balance after|balance after transaction|saldo|saldo nach buchung|kontostand|neuer saldo|saldo contable|saldo disponible|saldo disponibile|saldo na mutatie|disponible|solde|solde après opération|solde progressif|saldo contabile|new balance|bal|running bal|closing bal|available bal|ledger bal',
  ],
  [
    'account',
    0,
    'account|accounts|account name|account number|account type|konto|kontoname|kontonummer|auftragskonto|iban auftragskonto|cuenta|compte|nom du compte|conto|rekening|conta|wallet|mode|payment method|zahlungsart|payment mode|card|card no|card number|karte|kartennummer|tarjeta|carte|account id|portefeuille|product|rekeningnummer|paid with',
  ],
  ['status', 0, 'status|state|estado|statut|etat|stato|transaction status|buchungsstatus'],
  [
    'ignore',
    0,
    'original amount|foreign amount|amount foreign currency|local amount|local currency|originalbetrag|ursprungsbetrag|fremdwährung|fremdwährungsbetrag|betrag in fremdwährung|importe original|divisa original|montant d origine|devise d origine|original currency|foreign currency|type foreign currency|transaction currency amount|originalwährung|exchange rate|rate|wechselkurs|kurs|tipo de cambio|taux de change|fee|fees|gebühr|gebühren|comisión|frais|commission|tax|vat|mwst|ust|iva|tva|cashback|points|reward|quantity|qty|category id|account number|iban|bic|bic swift|blz|bank code|transaction id|id|reference number|ref|ref no|check number|check or slip|cheque|cheque number|check no|mcc|card holder full name|card holder|card holder name|cardholder|cardholder name|account holder|time|uhrzeit|hora|heure|zeit|address|city state|zip code|country|mandate reference|mandatsreferenz|gläubiger id|kundenreferenz|iban zahlungsbeteiligter|iban zahlungspflichtiger|bic zahlungspflichtiger|partner iban|labels|tags|receipt|emoji|interest rate|tax amount|balance currency|saldowährung|amount home currency',
  ],
];

type Phrase = { readonly role: ColumnRole; readonly rank: number; readonly words: string };

const phrases: readonly Phrase[] = headings.flatMap(([role, rank, list]) =>
  list.split('|').map((phrase) => ({ role, rank, words: plainWords(phrase) })),
);

/** German joins words: Rechnungsbetrag, Ausführungsdatum. */
const endings: readonly (readonly [string, ColumnRole])[] = [
  ['datum', 'date'],
  ['betrag', 'amount'],
  ['saldo', 'balance'],
  ['wahrung', 'currency'],
  ['zweck', 'note'],
  ['kategorie', 'category'],
];

/** What a heading announces, best first; the longest known phrase in it decides. Empty for an unknown heading. */
export const matchHeading = (heading: string): readonly HeadingMatch[] => {
  const words = plainWords(withoutCurrency(heading));
  if (words === '') return [];
  const exact = phrases.filter((phrase) => phrase.words === words);
  if (exact.length > 0) return exact.map(({ role, rank }) => ({ role, rank, strength: 3 }));
  // A short word inside a longer heading ("Date In") says little.
  const within = phrases.filter((phrase) => phrase.words.length > 3 && hasPhrase(words, phrase.words));
  const longest = Math.max(0, ...within.map((phrase) => phrase.words.length));
  if (longest > 0)
    return within
      .filter((phrase) => phrase.words.length === longest)
      .map(({ role, rank }) => ({ role, rank: rank + 0.5, strength: 2 }));
  return endings.filter(([ending]) => words.endsWith(ending)).map(([, role]) => ({ role, rank: 1.5, strength: 1 }));
};

/** The currency a heading names, as in `Betrag (EUR)` or `Amount in £`; nothing for a heading that is one itself. */
export const currencyInHeading = (heading: string): readonly string[] => {
  const code = /(?<![\p{L}])([A-Z]{3})(?![\p{L}])/u.exec(heading)?.[1];
  if (code && isCurrency(code) && heading.trim() !== code) return [code];
  const word = currencyWords.find(([pattern]) => pattern.test(heading));
  if (word) return [...word[1]];
  const symbol = /[€£¥₹$₽₩₺₴₪฿₫₱₦]/.exec(heading)?.[0];
  return symbol ? currenciesOf(symbol) : [];
};

const currencyWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\beuros?\b/i, ['EUR']],
  [/\bdollars?\b/i, currenciesOf('$')],
  [/\b(pounds|sterling)\b/i, ['GBP']],
  [/\brupees?\b/i, currenciesOf('rs')],
];

const withoutCurrency = (heading: string): string => {
  const code = /(?<![\p{L}])([A-Z]{3})(?![\p{L}])/u.exec(heading)?.[1];
  const plain = code && isCurrency(code) && heading.trim() !== code ? heading.replace(code, ' ') : heading;
  return plain.replace(/\b(en|in) (euros?|dollars?|pounds?|pesos?)\b/i, ' ').replace(/\(\s*\)/g, ' ');
};
