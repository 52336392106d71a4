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

const channelName = 'fintrack-writes';

/** Tells every tab and worker which records changed, so that none has to read the ledger anew to find out. */
export const createAnnouncer = (): AnnounceWrite => {
  let channel: BroadcastChannel | undefined;
  return (write) => {
    channel ??= new BroadcastChannel(channelName);
    channel.postMessage(write);
  };
};

/** Returns how to stop. */
export const onAnnouncedWrite = (listener: AnnounceWrite): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<AnnouncedWrite>) => listener(data));
  return () => channel.close();
};
