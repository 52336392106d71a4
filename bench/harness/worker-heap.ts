import type { CDPSession } from 'playwright-core';

export type WorkerHeap = {
  /** Bytes in use, garbage that waits to be collected included. Answers when the worker is between two tasks. */
  readonly usedBytes: () => Promise<number>;
  /** After a collection. */
  readonly keptBytes: () => Promise<number>;
};

type Answer = { readonly id?: number; readonly result?: { readonly usedSize?: number } };

/**
 * The JavaScript heap of the one worker that the page has or will start first. A worker is a debugger's target of its
 * own: messages to it travel inside messages to its page.
 */
export const watchWorkerHeap = async (debug: CDPSession): Promise<WorkerHeap> => {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  const attached = new Promise<string>((resolve) => {
    debug.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  debug.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  await debug.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const ask = async (method: string): Promise<Answer> => {
    const sessionId = await attached;
    const id = (asked += 1);
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    await debug.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answered;
  };
  const usedBytes = async (): Promise<number> => {
    const { result } = await ask('Runtime.getHeapUsage');
    if (result?.usedSize === undefined) throw new Error('the worker does not tell how large its heap is');
    return result.usedSize;
  };
  return {
    usedBytes,
    keptBytes: async () => {
      await ask('HeapProfiler.collectGarbage');
      return usedBytes();
    },
  };
};
