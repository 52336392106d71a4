import { ok } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { partMissing } from '../model/ledger.ts';
import { loadPart } from './load-part.ts';
import { saving } from './saving.ts';

const missing = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

describe('a part of the app that cannot be loaded', () => {
  it('fails a save in a word that its form has a sentence for', async () => {
    const saved = await saving(async () => ok(await loadPart<string>(missing)));
    expect(saved).toEqual({ ok: false, error: { type: 'notLoaded' } });
  });

  it('fails a read by a name that the screens know', async () => {
    await expect(loadPart(missing)).rejects.toThrow(expect.objectContaining({ name: partMissing }));
  });

  it('is asked for again by the next save', async () => {
    let tries = 0;
    const load = () => ((tries += 1) === 1 ? missing() : Promise.resolve('part'));
    const save = () => saving(async () => ok(await loadPart<string>(load)));
    expect([await save(), await save()]).toEqual([{ ok: false, error: { type: 'notLoaded' } }, ok('part')]);
  });
});
