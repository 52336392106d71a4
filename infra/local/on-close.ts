/** Registers what must be ended again. */
export type OnClose = (close: () => void | Promise<void>) => void;

export interface Closers {
  readonly onClose: OnClose;
  /** Ends everything, the last started first, each once. One that fails holds up none of the others. */
  readonly closeAll: () => Promise<void>;
}

export function createClosers(): Closers {
  const closers: (() => void | Promise<void>)[] = [];
  return {
    onClose: (close) => void closers.push(close),
    closeAll: async () => {
      const errors: unknown[] = [];
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'the local cloud did not end cleanly');
    },
  };
}
