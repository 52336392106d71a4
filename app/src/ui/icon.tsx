const paths = {
  calendar: 'M3.5 5h13v11.500h-13zM3.5 8.500h13M7 3v3M13 3v3',
  list: 'M4 5.500h12M4 10h12M4 14.500h7',
  sliders: 'M3 6h14M3 10h14M3 14h14M12 4v4M7 8v4M14 12v4',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  plus: 'M10 4v12M4 10h12',
  minus: 'M5 10h10',
  close: 'm5 5 10 10M15 5 5 15',
  next: 'm8 6 4 4-4 4',
  previous: 'm12 6-4 4 4 4',
  arrow: 'M4 10h11m-4-4 4 4-4 4',
  search: 'M14 9a5 5 0 1 1-10 0 5 5 0 0 1 10 0Zm-1 4 4 4',
  clock: 'M16.5 10a6.500 6.500 0 1 1-13 0 6.500 6.500 0 0 1 13 0ZM10 6.500V10l2.5 1.5',
  cloud: 'M5.5 15.500a3.5 3.5 0 0 1 .2-7 4.5 4.5 0 0 1 8.6.8 3.2 3.2 0 0 1 .2 6.200zM8 11.500l1.7 1.7 3-3.400',
  warning: 'M10 3.500 17 16H3zM10 8.500v3.500M10 14h.01',
  offline:
    'M3 3l14 14M5.500 8.500a3.500 3.500 0 0 0 0 7h8.500M8.500 5.700a4.500 4.500 0 0 1 5.800 3.600 3.200 3.200 0 0 1 2.400 4.700',
  device: 'M6 2.500h8v15H6zM9 15h2',
  note: 'M4 3.500h12v9L12.500 16.500H4zM12.500 16.500v-4H16',
  file: 'M5 2.500h6.500L15 6v11.500H5zM11.500 2.500V6H15M10 9v5m-2-2 2 2 2-2',
  person: 'M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM4 16.500c.8-3 3-4.500 6-4.500s5.200 1.500 6 4.500',
  bulb: 'M8 14.500c0-1.500-3-2.500-3-6a5 5 0 0 1 10 0c0 3.500-3 4.500-3 6zM8.500 17.500h3',
  backspace: 'M7 5h10v10H7L2.500 10zM10 8l4 4m0-4-4 4',
} as const;

export type IconName = keyof typeof paths;

/** Decorative: the word beside it, or the button's label, says the same. Arrows turn around in right-to-left pages. */
export const Icon = ({ name, small = false }: { name: IconName; small?: boolean }) => {
  const turns = name === 'next' || name === 'previous' || name === 'arrow' || name === 'backspace';
  return (
    <svg className={`i${small ? ' i-s' : ''}${turns ? ' i-dir' : ''}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} strokeWidth={name === 'dots' ? 2.4 : undefined} />
    </svg>
  );
};
