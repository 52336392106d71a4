import type { BrowserContext, Page } from 'playwright-core';

/**
 * Faults of the browser's database that no protocol can make happen, put before the app's own code in every page of the
 * device; asked for by `fault`.
 */
export const installFaults = (context: BrowserContext): Promise<unknown> => context.addInitScript({ content: script });

export type Fault =
  /** Every open connection is closed under the page, as when the browser's storage process dies. */
  | 'loseConnections'
  /** The next transaction fails as in Safari, when its storage process died. */
  | 'loseServer'
  /** Reads fail until `heal`. */
  | 'failReads'
  | 'heal';

export const fault = (page: Page, kind: Fault): Promise<unknown> =>
  page.evaluate((each) => void dispatchEvent(new CustomEvent('e2e-fault', { detail: each })), kind);

/** Reads fail from the first on, until `heal`; `times` many at most. */
export const failFirstReads = (context: BrowserContext, times: number): Promise<unknown> =>
  context.addInitScript({ content: `dispatchEvent(new CustomEvent('e2e-fault', { detail: 'fail ${times}' }))` });

const script = `(() => {
  const connections = new Set();
  const state = { isServerLost: false, readsToFail: 0 };
  addEventListener('e2e-fault', ({ detail }) => {
    if (detail === 'loseConnections')
      for (const connection of connections) {
        connection.close();
        connection.dispatchEvent(new Event('close'));
      }
    if (detail === 'loseServer') state.isServerLost = true;
    if (detail === 'failReads') state.readsToFail = Infinity;
    if (detail.startsWith('fail ')) state.readsToFail = Number(detail.slice(5));
    if (detail === 'heal') state.readsToFail = 0;
  });
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener('success', () => connections.add(request.result));
    return request;
  };
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...args) {
    if (state.isServerLost) {
      state.isServerLost = false;
      throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError');
    }
    return transaction.apply(this, args);
  };
  for (const type of [IDBObjectStore, IDBIndex])
    for (const name of ['get', 'getAll', 'getAllKeys', 'openCursor', 'openKeyCursor', 'count', 'getAllRecords']) {
      const read = type.prototype[name];
      if (!read) continue;
      type.prototype[name] = function (...args) {
        if (state.readsToFail > 0 && this.name !== 'items') {
          state.readsToFail -= 1;
          throw new DOMException('Internal error retrieving data', 'UnknownError');
        }
        return read.apply(this, args);
      };
    }
})()`;
