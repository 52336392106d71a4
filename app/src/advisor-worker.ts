import { AdvisorHost } from './data/advisor-host.ts';
import { openAdvisorSource } from './data/advisor-source.ts';
import { onAnnouncedWrite } from './data/announced-writes.ts';
import type { AdvisorReply, AdvisorRequest } from './model/advisor.ts';

/** Word of a write takes a few milliseconds from tab to tab. */
const announcementMsMax = 300;

const host = new AdvisorHost({
  openSource: openAdvisorSource,
  announcementMsMax,
  delay: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});

onAnnouncedWrite((write) => host.announced(write));

addEventListener('message', ({ data: { id, question } }: MessageEvent<AdvisorRequest>) => {
  void host.answer(question).then((outcome) => postMessage({ id, outcome } satisfies AdvisorReply));
});
