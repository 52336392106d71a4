/** What a file is when it is no delimited text. */
export type OtherFile =
  | 'pdf'
  | 'image'
  | 'spreadsheet'
  | 'archive'
  | 'json'
  | 'html'
  | 'xml'
  | 'ofx'
  | 'qif'
  | 'unknown binary';

/** First bytes of files that people pick by mistake. A new spreadsheet is a zip archive and begins like one. */
const signatures: readonly (readonly [OtherFile, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['spreadsheet', [0x50, 0x4b, 0x03, 0x04]],
  ['spreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['image', [0x52, 0x49, 0x46, 0x46]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
];

export const otherFileOfBytes = (bytes: Uint8Array): OtherFile | undefined =>
  signatures.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte))?.[0];

const sampleLength = 4096;

/** The other kind of file that decoded text is, if it is one. */
export const otherFileOfText = (text: string): OtherFile | undefined => {
  const sample = text.slice(0, sampleLength);
  if (isBinary(sample)) return 'unknown binary';
  const start = sample.trimStart().slice(0, 200).toLowerCase();
  if (start.startsWith('ofxheader') || start.includes('<ofx')) return 'ofx';
  if (/^!(type|account|option)/.test(start)) return 'qif';
  if (/^(<!doctype html|<html|<table|<head|<body)/.test(start)) return 'html';
  if (/^<(\?xml|[a-z!])/.test(start)) return 'xml';
  if (/^(\{|\[\s*([{["]|\]))/.test(start)) return 'json';
  return undefined;
};

/** Control characters other than tab, line breaks and form feed. */
const isBinary = (sample: string): boolean => {
  let controls = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    if ((code < 32 && ![9, 10, 12, 13].includes(code)) || code === 0xfffd) controls += 1;
  }
  return controls > 2 && controls > sample.length * 0.02;
};
