import type { Insight } from '@fintrack/advisor-core';
import { dismissalId } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { findOpened } from './find-opened.ts';

const insight = (key: string, evidence: readonly string[]): Insight => ({
  kind: 'price-rise',
  key,
  subject: { type: 'stream', stream: key, title: 'Disney+' },
  money: { minor: 200, currency: 'EUR' },
  bucket: 15,
  since: '2025-11-20',
  confidence: 'likely',
  evidence,
  arithmetic: [],
  action: { type: 'look-at-entries' },
});

const opened = insight('price-rise:a', ['1', '2', '3']);
const id = dismissalId(opened.key);

describe('what a drawer is about', () => {
  it('is found by its address', () => {
    expect(findOpened([insight('price-rise:b', ['9']), opened], id, undefined)).toBe(opened);
  });

  it('is found under another name, once its first entry was left out', () => {
    const renamed = insight('price-rise:b', ['2', '3']);
    expect(findOpened([insight('price-rise:c', ['9']), renamed], id, opened)).toBe(renamed);
  });

  it('is gone where nothing of its kind shares its entries', () => {
    expect(findOpened([{ ...insight('x', ['1']), kind: 'payment-late' }], id, opened)).toBeUndefined();
    expect(findOpened([insight('price-rise:b', ['1'])], id, undefined)).toBeUndefined();
  });
});
