import { findChromium } from '../../../scripts/find-chromium.mjs';

export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const requireChromium = (): string => {
  const found = findChromium();
  if (found === undefined) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.');
  return found;
};
