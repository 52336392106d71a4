import { describe, expect, it } from 'vitest';
import { decodeBytes } from './decode-bytes.ts';

const utf8 = (text: string): number[] => [...new TextEncoder().encode(text)];
const wide = (text: string, littleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return bytes;
};

describe('decodeBytes', () => {
  it('drops the mark of UTF-8 and of UTF-16', () => {
    expect(decodeBytes(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('é')]))).toEqual({ text: 'é', encoding: 'utf-8' });
    expect(decodeBytes(wide('\ufeffDate;é', true))).toEqual({ text: 'Date;é', encoding: 'utf-16le' });
    expect(decodeBytes(wide('\ufeffDate;é', false))).toEqual({ text: 'Date;é', encoding: 'utf-16be' });
  });

  it('knows UTF-16 without a mark by its zeros', () => {
    expect(decodeBytes(wide('Date;Betrag\n', true))).toEqual({ text: 'Date;Betrag\n', encoding: 'utf-16le' });
    expect(decodeBytes(wide('Date;Betrag\n', false))).toEqual({ text: 'Date;Betrag\n', encoding: 'utf-16be' });
  });

  it('reads what is no UTF-8 as Windows-1252, the euro sign included', () => {
    expect(decodeBytes(new Uint8Array([0x42, 0xe4, 0x63, 0x6b, 0x65, 0x72, 0x20, 0x80, 0x96, 0x81]))).toEqual({
      text: 'Bäcker €– ',
      encoding: 'windows-1252',
    });
  });

  it('keeps UTF-8 that ends in the middle of a character', () => {
    const bytes = new Uint8Array(utf8('Straße, Größe, Übung, Äpfel, Öl, Füße, Bär, Mär, Tür, Gruß, é').slice(0, -1));
    expect(decodeBytes(bytes).encoding).toBe('utf-8');
  });

  it('reads no bytes as no text', () => {
    expect(decodeBytes(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8' });
  });
});
