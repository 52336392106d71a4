import type { Page } from 'playwright-core';
import type { Device } from './device.ts';

/** Runs in the page. Tokens are only decoded there, so a signature over other claims does no harm. */
const expire = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('fintrack-tokens');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const items = opening.result.transaction('items', 'readwrite').objectStore('items');
      let count = 0;
      items.openCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
        if (!cursor) return;
        const [key, value] = [`${cursor.key as string}`, `${cursor.value as string}`];
        if (/\.(accessToken|idToken)$/.test(key)) {
          const [header, payload, signature] = value.split('.');
          const claims = JSON.parse(atob((payload ?? '').replaceAll('-', '+').replaceAll('_', '/')));
          const text = btoa(JSON.stringify({ ...claims, exp: 1_700_000_000 }));
          const past = text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
          cursor.update(`${header}.${past}.${signature}`);
          count += 1;
        }
        cursor.continue();
      };
      items.transaction.oncomplete = () => {
        opening.result.close();
        resolve(count);
      };
      items.transaction.onabort = () => reject(items.transaction.error);
    };
  });

/** The tokens on this device are hours old from now on; a page that holds them in memory has to be loaded again. */
export const expireTokens = async (page: Page): Promise<void> => {
  const count = await page.evaluate(expire);
  if (count === 0) throw new Error('there are no tokens on the device');
};

/** Counts how often a page of the device has its token renewed, from here on. */
export const watchRefreshes = (device: Device): (() => number) => {
  let count = 0;
  device.context.on('request', (request) => {
    if (request.headers()['x-amz-target']?.endsWith('.GetTokensFromRefreshToken') === true) count += 1;
  });
  return () => count;
};

/** The token that the page sent last. */
export const sentToken = async (device: Device): Promise<string> => {
  const headers = await device.traffic.latest()?.allHeaders();
  const token = headers?.['authorization']?.replace(/^Bearer /, '');
  if (token === undefined) throw new Error('the page has sent no token');
  return token;
};
