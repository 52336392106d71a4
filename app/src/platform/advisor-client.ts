import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type {
  AdvisorAnswers,
  AdvisorError,
  AdvisorQuestion,
  AdvisorReply,
  AdvisorRequest,
  LocalAdvisor,
} from '../model/advisor.ts';

export type AdvisorWorker = { readonly post: (request: AdvisorRequest) => void; readonly stop: () => void };

export type StartWorker = (on: {
  readonly reply: (reply: AdvisorReply) => void;
  /** It broke, or could not be loaded; it will not reply any more. */
  readonly broken: (why: string) => void;
}) => AdvisorWorker;

export type AdvisorClientDeps = {
  readonly startWorker: StartWorker;
  /** The ledger that is open now, and the name of its database, which is there. */
  readonly openLedger: () => Promise<{ readonly name: string; readonly database: string }>;
};

type Reply = AdvisorReply['outcome'];

/** Asks the advisor's worker, which starts with the first question, and anew after it broke. */
export const createAdvisorClient = ({ startWorker, openLedger }: AdvisorClientDeps): LocalAdvisor => {
  const waiting = new Map<number, (reply: Reply) => void>();
  let worker: AdvisorWorker | undefined;
  let lastId = 0;

  const broken = (why: string): void => {
    worker?.stop();
    worker = undefined;
    const asked = [...waiting.values()];
    waiting.clear();
    for (const answer of asked) answer(fail({ type: 'stopped', why }));
  };
  const reply = ({ id, outcome }: AdvisorReply): void => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  };
  const ask = async <K extends keyof AdvisorAnswers>(
    question: AdvisorQuestion & { readonly ask: K },
  ): Promise<Result<AdvisorAnswers[K], AdvisorError>> =>
    new Promise((resolve) => {
      worker ??= startWorker({ reply, broken });
      lastId += 1;
      // The reply is to this question, so its value is of this question's kind.
      waiting.set(lastId, (outcome) => resolve(outcome as Result<AdvisorAnswers[K], AdvisorError>));
      worker.post({ id: lastId, question });
    });
  return {
    advice: async (asOf) => {
      const { name, database } = await openLedger();
      const answered = await ask({ ask: 'advice', ledger: database, asOf });
      return answered.ok ? ok({ ledger: name, advice: answered.value }) : answered;
    },
    entries: async (ids) => ask({ ask: 'entries', ledger: (await openLedger()).database, ids }),
    suggestCategory: async (about) => ask({ ask: 'suggestCategory', ledger: (await openLedger()).database, about }),
  };
};

export const startAdvisorWorker: StartWorker = ({ reply, broken }) => {
  const worker = new Worker(new URL('../advisor-worker.ts', import.meta.url), { type: 'module', name: 'advisor' });
  worker.onmessage = ({ data }: MessageEvent<AdvisorReply>) => reply(data);
  worker.onerror = ({ message }) => broken(message);
  return { post: (request) => worker.postMessage(request), stop: () => worker.terminate() };
};
