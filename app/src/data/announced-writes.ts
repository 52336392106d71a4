/** One transaction that wrote to a ledger, durable by now. */
export type AnnouncedWrite = {
  /** Name of its database. */
  readonly ledger: string;
  /** Its number among all transactions that wrote to the ledger, of any tab: one that was missed leaves a gap. */
  readonly writeCount: number;
  /** Of the records it wrote. */
  readonly keys: readonly string[];
};

export type AnnounceWrite = (write: AnnouncedWrite) => void;

export type Announcer = {
  readonly announce: AnnounceWrite;
  /** What is written later is not announced any more: whoever reads the ledger next finds the gap. */
  readonly close: () => void;
};

const channelName = 'fintrack-writes';

/** Tells every tab and worker which records changed, so that none has to read the ledger anew to find out. */
export const createAnnouncer = (): Announcer => {
  let channel: BroadcastChannel | undefined;
  let isClosed = false;
  return {
    announce: (write) => {
      if (isClosed) return;
      channel ??= new BroadcastChannel(channelName);
      channel.postMessage(write);
    },
    close: () => {
      isClosed = true;
      channel?.close();
    },
  };
};

/** Returns how to stop. What another version of the app says in other words is not heard, as if it were missed. */
export const onAnnouncedWrite = (listener: AnnounceWrite): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const write = toAnnouncedWrite(data);
    if (write) listener(write);
  });
  return () => channel.close();
};

const toAnnouncedWrite = (data: unknown): AnnouncedWrite | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('ledger' in data && 'writeCount' in data && 'keys' in data)) return undefined;
  const { ledger, writeCount, keys } = data;
  if (typeof ledger !== 'string' || typeof writeCount !== 'number' || !Number.isSafeInteger(writeCount))
    return undefined;
  return isTexts(keys) ? { ledger, writeCount, keys } : undefined;
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
