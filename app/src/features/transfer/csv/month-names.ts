import { plainWords } from './plain-words.ts';

/** Month names by language, each list from January; a cell may shorten a name to three letters or more. */
const names: readonly string[] = [
  'january february march april may june july august september october november december',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'janner feber mrz april mai juni juli august sept oktober november dezember',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'januari februari maart april mei juni juli augustus september oktober november december',
];

const lengthMin = 3;

const numbers: ReadonlyMap<string, number> = (() => {
  const found = new Map<string, number>();
  for (const language of names) {
    language.split(' ').forEach((name, index) => {
      const plain = plainWords(name);
      for (let length = lengthMin; length <= plain.length; length += 1) {
        const start = plain.slice(0, length);
        // `jui` starts both juin and juillet: a start with two meanings has none.
        found.set(start, found.has(start) && found.get(start) !== index + 1 ? Number.NaN : index + 1);
      }
    });
  }
  return found;
})();

/** 1 to 12 for a month's name, or its start, in one of eight languages' spellings. */
export const monthNumber = (name: string): number | undefined => {
  const number = numbers.get(plainWords(name));
  return number === undefined || Number.isNaN(number) ? undefined : number;
};
