import { type CloudProcess, startCloudProcess } from '../../../infra/local/cloud-process.ts';
import { openTablesReader, type TablesReader, type UserTables } from '../../../infra/local/dynamodb/read-tables.ts';
import { eventually } from './eventually.ts';

export type TestCloudOptions = {
  readonly stateDir: string;
  /** Serves this folder as the app, instead of the build. */
  readonly siteDir?: string;
};

/** The cloud on this machine in a process of its own, on a state of its own. */
export class TestCloud {
  readonly stateDir: string;
  private readonly options: TestCloudOptions;
  private process: CloudProcess | undefined;
  private lastAddresses: CloudProcess['addresses'] | undefined;
  private reader: TablesReader | undefined;

  constructor(options: TestCloudOptions) {
    this.stateDir = options.stateDir;
    this.options = options;
  }

  /** Starts, or starts again on the same state, and so at the same addresses. */
  async start(): Promise<void> {
    this.process = await startCloudProcess({ ...this.options, ...(this.lastAddresses ? {} : { port: 0 }) });
    this.lastAddresses = this.process.addresses;
  }

  get addresses(): CloudProcess['addresses'] {
    if (!this.lastAddresses) throw new Error('the cloud was never started');
    return this.lastAddresses;
  }

  /** kill -9 of everything that is the server. */
  async kill(): Promise<void> {
    await this.ended()?.kill();
  }

  /** The machine stands still: requests arrive and wait. */
  pause(): void {
    if (this.process) process.kill(this.process.pid, 'SIGSTOP');
  }

  resume(): void {
    if (this.process) process.kill(this.process.pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.ended()?.stop();
  }

  /** The code in the newest mail to that address, once there is one with a code other than `before`. */
  mailedCode(email: string, before?: string): Promise<string> {
    const url = new URL(`messages?to=${encodeURIComponent(email)}`, this.addresses.mailbox);
    return eventually(`a code for ${email} in the mailbox`, async () => {
      const mails = (await (await fetch(url)).json()) as readonly { readonly code: string }[];
      const code = mails[0]?.code;
      return code === before ? undefined : code;
    });
  }

  async tables(email: string): Promise<UserTables> {
    this.reader ??= openTablesReader(this.addresses.dynamodb);
    const tables = await this.reader.read(email);
    if (!tables) throw new Error(`the Users table has nobody with the address ${email}`);
    return tables;
  }

  /** The process that runs, no longer ours; the database of the next one has another address. */
  private ended(): CloudProcess | undefined {
    const running = this.process;
    this.process = undefined;
    this.reader?.close();
    this.reader = undefined;
    return running;
  }
}
