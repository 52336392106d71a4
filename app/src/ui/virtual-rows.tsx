import type { ReactNode, RefObject } from 'react';
import { Virtualizer, WindowVirtualizer } from 'virtua';

type VirtualRowsProps = {
  /** What scrolls; the window unless given. */
  scrollRef: RefObject<HTMLElement | null> | undefined;
  children: readonly ReactNode[];
};

/** Only the rows in sight, and a few around them, are in the page. */
export const VirtualRows = ({ scrollRef, children }: VirtualRowsProps) =>
  scrollRef ? (
    <Virtualizer scrollRef={scrollRef}>{children}</Virtualizer>
  ) : (
    <WindowVirtualizer>{children}</WindowVirtualizer>
  );
