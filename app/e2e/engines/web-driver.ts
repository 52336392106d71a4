import { eventually } from '../harness/eventually.ts';
import type { EngineTab } from './engine.ts';

/** A W3C WebDriver session: the few commands that the checks need. */
export class WebDriverSession {
  private readonly url: string;

  private constructor(url: string) {
    this.url = url;
  }

  static async start(driverUrl: string, capabilities: object): Promise<WebDriverSession> {
    const status = async () => ((await fetch(`${driverUrl}/status`)).ok ? true : undefined);
    await eventually('the driver answers', status);
    const { sessionId } = await send<{ sessionId: string }>('POST', `${driverUrl}/session`, {
      capabilities: { alwaysMatch: capabilities },
    });
    const session = new WebDriverSession(`${driverUrl}/session/${sessionId}`);
    await session.post('timeouts', { script: 30_000, pageLoad: 30_000 });
    return session;
  }

  async newTab(url: string): Promise<EngineTab> {
    const { handle } = await this.post<{ handle: string }>('window/new', { type: 'tab' });
    const tab = this.tab(handle);
    await tab.goto(url);
    return tab;
  }

  async end(): Promise<void> {
    await send('DELETE', this.url);
  }

  /** Commands go to one tab at a time, so each first chooses its own. */
  private tab(handle: string): EngineTab {
    const here = async <T>(command: string, body: object): Promise<T> => {
      await this.post('window', { handle });
      return this.post<T>(command, body);
    };
    const found = async (expression: string): Promise<string> => {
      const script = `return (${expression}) ?? null`;
      const element = await here<Record<string, string> | null>('execute/sync', { script, args: [] });
      if (element === null) throw new Error(`the page has no ${expression}`);
      return Object.values(element)[0] ?? '';
    };
    return {
      goto: (url) => here('url', { url }),
      read: async <T>(expression: string) => {
        const script = `const done = arguments[0]; (async () => (${expression}))().then((value) => done({ value }), (error) => done({ error: String(error) }))`;
        const read = await here<{ value: T; error?: string }>('execute/async', { script, args: [] });
        if (read.error !== undefined) throw new Error(read.error);
        return read.value;
      },
      click: async (expression) => this.post(`element/${await found(expression)}/click`, {}),
      fill: async (expression, text) => {
        const element = await found(expression);
        await this.post(`element/${element}/clear`, {});
        await this.post(`element/${element}/value`, { text });
      },
    };
  }

  private post<T>(command: string, body: object): Promise<T> {
    return send<T>('POST', `${this.url}/${command}`, body);
  }
}

const send = async <T>(method: string, url: string, body?: object): Promise<T> => {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${url} was answered ${value.error}: ${value.message}`);
  return value;
};
