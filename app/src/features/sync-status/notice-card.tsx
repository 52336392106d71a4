import type { Notice } from '../../model/ledger.ts';
import { ConflictCard } from './conflict-card.tsx';
import { MetDeleteCard } from './met-delete-card.tsx';
import { RefusedCard } from './refused-card.tsx';

/** One thing that somebody should decide, with what is safe and what can be done. */
export const NoticeCard = ({ notice }: { notice: Notice }) => {
  switch (notice.type) {
    case 'conflict':
      return <ConflictCard notice={notice} />;
    case 'editMetDelete':
      return <MetDeleteCard notice={notice} />;
    case 'rejected':
      return <RefusedCard notice={notice} />;
  }
};
