import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adviceVersion } from '@fintrack/advisor-core';
import { goldenHashes } from '@fintrack/advisor-core/testing';
import { expect, it } from 'vitest';
import { goldenHashIn, startAdvicePage } from '../../e2e/engines/advice-page.ts';
import { chromium } from '../../e2e/engines/chromium.ts';

// Firefox and WebKit are asked in e2e/engines.
it('Chromium says of the golden ledgers what every engine says', async () => {
  const profileDir = mkdtempSync(join(tmpdir(), 'fintrack-golden-'));
  const page = await startAdvicePage();
  const browser = await chromium.open({ profileDir });
  try {
    expect(await goldenHashIn(await browser.newTab(page.url))).toBe(goldenHashes[adviceVersion]);
  } finally {
    await browser.close();
    await page.close();
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
  }
});
