import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type { AdvisorAnswers, AdvisorError, AdvisorQuestion } from '../model/advisor.ts';
import { type AdvisorSource, LedgerGone } from './advisor-source.ts';
import type { AnnouncedWrite } from './announced-writes.ts';
import { FedAdvisor, type FedAdvisorDeps } from './fed-advisor.ts';

export type AdvisorHostDeps = FedAdvisorDeps & {
  readonly openSource: (ledger: string) => Promise<AdvisorSource>;
};

type OpenAdvisor = { readonly ledger: string; readonly advisor: Promise<FedAdvisor> };

/** Answers questions about whichever ledger each is about; holds one, the last that was asked about. */
export class AdvisorHost {
  private readonly deps: AdvisorHostDeps;
  private open: OpenAdvisor | undefined;

  constructor(deps: AdvisorHostDeps) {
    this.deps = deps;
  }

  announced(write: AnnouncedWrite): void {
    if (write.ledger !== this.open?.ledger) return;
    void this.open.advisor.then(
      (advisor) => advisor.announced(write),
      () => undefined,
    );
  }

  async answer(question: AdvisorQuestion): Promise<Result<AdvisorAnswers[keyof AdvisorAnswers], AdvisorError>> {
    const asked = this.openOf(question.ledger);
    try {
      return ok(await answerOf(await asked.advisor, question));
    } catch (error) {
      // What failed is opened anew by the next question; another ledger that was asked about meanwhile stays open.
      if (this.open === asked) this.close();
      return fail(toAdvisorError(error));
    }
  }

  private openOf(ledger: string): OpenAdvisor {
    if (this.open?.ledger === ledger) return this.open;
    this.close();
    const advisor = this.deps.openSource(ledger).then((source) => new FedAdvisor(source, this.deps));
    return (this.open = { ledger, advisor });
  }

  private close(): void {
    void this.open?.advisor.then(
      (advisor) => advisor.close(),
      () => undefined,
    );
    this.open = undefined;
  }
}

const answerOf = (advisor: FedAdvisor, question: AdvisorQuestion): Promise<AdvisorAnswers[keyof AdvisorAnswers]> => {
  switch (question.ask) {
    case 'advice':
      return advisor.advise(question.asOf);
    case 'entries':
      return advisor.entries(question.ids);
    case 'suggestCategory':
      return advisor.suggestCategory(question.about);
  }
};

const toAdvisorError = (error: unknown): AdvisorError => {
  if (error instanceof LedgerGone) return { type: 'closed' };
  const why = error instanceof Error ? error.message : String(error);
  return error instanceof DOMException ? { type: 'storage', why } : { type: 'stopped', why };
};
