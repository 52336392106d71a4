import { describe, expect, it } from 'vitest';
import type { Census } from '../model/storage.ts';
import { createStorageGuard, type StorageBrowser } from './storage-guard.ts';

const createMarks = () => {
  const texts = new Map<string, string>();
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
};

const guardOf = (browser: StorageBrowser, marks = createMarks()) =>
  createStorageGuard({ browser, marks, now: () => 1000 });

/** A browser that counts how often it was asked to keep. */
const asking = (answers: { persisted?: boolean; persist?: boolean; prompts?: boolean }) => {
  const asked = { count: 0 };
  const browser: StorageBrowser = {
    persisted: () => Promise.resolve(answers.persisted ?? false),
    persist: () => {
      asked.count += 1;
      return Promise.resolve(answers.persist ?? false);
    },
    wouldPrompt: () => Promise.resolve(answers.prompts ?? false),
  };
  return { asked, browser };
};

const census: Census = { ledger: 'fintrack-u1', isLocal: false, entryCount: 38, waiting: 2, hasDeleted: false };
const empty: Census = { ...census, entryCount: 0, waiting: 0 };

describe('what is known of storage', () => {
  it('is what the browser says', async () => {
    const guard = guardOf({
      persisted: () => Promise.resolve(true),
      estimate: () => Promise.resolve({ usage: 5, quota: 10 }),
    });
    expect(await guard.facts()).toEqual({
      keep: 'kept',
      usageBytes: 5,
      quotaBytes: 10,
      isLikelyPrivate: false,
      problems: [],
    });
  });

  it('is little in a browser that has none of it', async () => {
    expect(await guardOf({}).facts()).toMatchObject({ keep: 'unknown', quotaBytes: null, isLikelyPrivate: false });
    expect(await guardOf({}).askToKeep()).toBe(false);
  });

  it('names what the browser would not say', async () => {
    const guard = guardOf({ estimate: () => Promise.reject(new Error('no disk')) });
    expect(await guard.facts()).toMatchObject({ quotaBytes: null, problems: ['no disk'] });
  });

  it('takes a window for private by its quota in Chromium, by its refusal of files elsewhere', async () => {
    const isPrivate = async (browser: StorageBrowser) => (await guardOf(browser).facts()).isLikelyPrivate;
    const quota = (bytes: number) => ({ estimate: () => Promise.resolve({ quota: bytes }) });
    expect(await isPrivate({ ...quota(3e9), heapLimitBytes: 2e9 })).toBe(true);
    expect(await isPrivate({ ...quota(90e9), heapLimitBytes: 2e9 })).toBe(false);
    expect(await isPrivate({ getDirectory: () => Promise.reject(new Error('SecurityError')) })).toBe(true);
    expect(await isPrivate({ getDirectory: () => Promise.resolve({}) })).toBe(false);
  });
});

describe('asking the browser to keep what is here', () => {
  it('happens after a save, once a page', async () => {
    const { asked, browser } = asking({});
    const guard = guardOf(browser);
    await guard.afterSave();
    await guard.afterSave();
    expect(asked.count).toBe(1);
  });

  it('does not happen where it is kept already', async () => {
    const { asked, browser } = asking({ persisted: true });
    await guardOf(browser).afterSave();
    expect(asked.count).toBe(0);
  });

  it('puts a question to the person only once, unless the person asks for it', async () => {
    const { asked, browser } = asking({ prompts: true });
    const marks = createMarks();
    await guardOf(browser, marks).afterSave();
    await guardOf(browser, marks).afterSave();
    expect(asked.count).toBe(1);
    await guardOf(browser, marks).askToKeep();
    expect(asked.count).toBe(2);
  });
});

describe('a ledger that was cleared', () => {
  it('is noticed by what was seen before, and told until somebody answers', async () => {
    const marks = createMarks();
    expect(await guardOf({}, marks).saw(census)).toBeNull();
    const evicted = { ledger: 'fintrack-u1', entryCount: 38, waiting: 2, at: 1000 };
    expect(await guardOf({}, marks).saw(empty)).toEqual(evicted);
    expect(await guardOf({}, marks).saw({ ...census, entryCount: 20 })).toEqual(evicted);
    await guardOf({}, marks).forgetEviction(census.ledger);
    expect(await guardOf({}, marks).saw(census)).toBeNull();
  });

  it('is no new one, none that a person emptied, and none of another account', async () => {
    const guard = guardOf({});
    expect(await guard.saw(empty)).toBeNull();
    await guard.saw(census);
    expect(await guard.saw({ ...empty, ledger: 'fintrack-u2' })).toBeNull();
    expect(await guard.saw({ ...empty, hasDeleted: true })).toBeNull();
    expect(await guard.saw(empty)).toBeNull();
  });

  it('is no local one that moved into an account', async () => {
    const guard = guardOf({});
    const local: Census = { ...census, ledger: 'fintrack-local', isLocal: true };
    await guard.saw(local);
    await guard.saw(census);
    expect(await guard.saw({ ...local, entryCount: 0 })).toBeNull();
  });

  it('is not made up from marks that are damaged', async () => {
    const marks = createMarks();
    marks.setItem('fintrack.seen.fintrack-u1', '{"entryCount":38');
    marks.setItem('fintrack.evicted.fintrack-u1', '["many"]');
    expect(await guardOf({}, marks).saw(empty)).toBeNull();
  });
});

describe('the mark of a file outside of the browser', () => {
  it('says how many entries it has and when, or that it was put off', async () => {
    const guard = guardOf({});
    expect(await guard.backupOf('l')).toBeNull();
    await guard.markBackup('l', { entryCount: 50, at: null });
    expect(await guard.backupOf('l')).toEqual({ entryCount: 50, at: null });
    await guard.markBackup('l', { entryCount: 60, at: 7 });
    expect(await guard.backupOf('l')).toEqual({ entryCount: 60, at: 7 });
  });
});
