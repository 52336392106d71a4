import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type { AdvisorAnswers, AdvisorError, AdvisorQuestion } from '../model/advisor.ts';
import { type AdvisorSource, LedgerGone } from './advisor-source.ts';
import type { AnnouncedWrite } from './announced-writes.ts';
import { FedAdvisor, type FedAdvisorDeps } from './fed-advisor.ts';

export type AdvisorHostDeps = FedAdvisorDeps & {
  readonly openSource: (ledger: string) => Promise<AdvisorSource>;
};

/** Answers questions about whichever ledger each is about; holds one, the last that was asked about. */
export class AdvisorHost {
  private readonly deps: AdvisorHostDeps;
  private open: { readonly ledger: string; readonly advisor: Promise<FedAdvisor> } | undefined;

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
    try {
      const advisor = await this.advisorOf(question.ledger);
      return ok(await answerOf(advisor, question));
    } catch (error) {
      // What failed is opened anew by the next question.
      this.close();
      return fail(toAdvisorError(error));
    }
  }

  private advisorOf(ledger: string): Promise<FedAdvisor> {
    if (this.open?.ledger === ledger) return this.open.advisor;
    this.close();
    const advisor = this.deps.openSource(ledger).then((source) => new FedAdvisor(source, this.deps));
    this.open = { ledger, advisor };
    return advisor;
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
