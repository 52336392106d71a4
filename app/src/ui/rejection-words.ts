import type { RejectionReason } from '@fintrack/sync-core/protocol';
import { groupName } from './value-words.ts';

/** Why the server would not take a change. */
export const rejectionSentence = (reason: RejectionReason, kilobytes: (bytes: number) => string): string => {
  switch (reason.type) {
    case 'value':
      return `The ${groupName(reason.group)} was not taken: ${reason.why}. Change it, then it is sent again.`;
    case 'tooLarge':
      return `It is larger than ${kilobytes(reason.sizeBytesMax)}, the most one change can be. Shorten its note or description.`;
    case 'recordFull':
      return `This entry holds as many kinds of detail as one may, ${reason.groupsMax}. Write a new entry instead.`;
    case 'derivedId':
      return 'It does not name the month and category it is for. Set it again.';
    case 'shape':
      return 'The server does not know this kind of change. Update the app, then save it again.';
  }
};
