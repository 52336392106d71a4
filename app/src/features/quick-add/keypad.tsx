import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { words } from './words.ts';

/** What a key makes of the text: it never judges, the reading below the amount does. */
export const pressKey = (text: string, key: string): string => {
  if (key === 'backspace') return text.trimEnd().slice(0, -1).trimEnd();
  if (key === 'clear') return '';
  if (key === '+' || key === '\u2212') return /[\d.,]\s*$/.test(text) ? `${text.trimEnd()} ${key} ` : text;
  if (key === '.' || key === ',') return hasDecimalMark(text) ? text : text + key;
  return text + key;
};

/** In the term that is being typed: a second decimal mark is ignored. */
const hasDecimalMark = (text: string): boolean => /[.,]\d*$/.test(text);

type KeypadProps = { decimalMark: string; onKey: (key: string) => void };

export const Keypad = ({ decimalMark, onKey }: KeypadProps) => {
  const key = (name: string, label?: string) => (
    <button key={name} type="button" aria-label={label} onClick={() => onKey(name)}>
      {name}
    </button>
  );
  const op = (name: string, label: string, shown: ReactNode) => (
    <button key={name} type="button" className="op" aria-label={label} onClick={() => onKey(name)}>
      {shown}
    </button>
  );
  return (
    <div className="keypad" role="group" aria-label={words.keypad}>
      {key('7')}
      {key('8')}
      {key('9')}
      {op('backspace', words.backspace, <Icon name="backspace" />)}
      {key('4')}
      {key('5')}
      {key('6')}
      {op('\u2212', words.minus, '\u2212')}
      {key('1')}
      {key('2')}
      {key('3')}
      {op('+', words.plus, '+')}
      {key('00')}
      {key('0')}
      {key(decimalMark, words.decimalMark)}
      {op('clear', words.clear, words.clearKey)}
    </div>
  );
};
