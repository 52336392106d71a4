import type { CSSProperties } from 'react';

export const hueColour = (hue: number | undefined): string => (hue === undefined ? 'var(--data)' : `var(--cat-${hue})`);

/** A category's colour; its name stands beside it. */
export const Mark = ({ hue }: { hue?: number | undefined }) => (
  <i className="mark" style={{ '--c': hueColour(hue) } as CSSProperties} aria-hidden="true" />
);
