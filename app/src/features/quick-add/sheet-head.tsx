import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { words } from './words.ts';

export const SheetHead = ({ onClose, children }: { onClose: () => void; children: ReactNode }) => (
  <div className="sheet-head">
    <div className="seg">{children}</div>
    <button type="button" className="icon-btn" aria-label={words.close} onClick={onClose}>
      <Icon name="close" />
    </button>
  </div>
);
