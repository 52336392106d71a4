import { useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';
import { onShortcut } from './shortcut.ts';
import './search-field.css';

/** `/` puts the cursor here; Escape empties it, then leaves. */
export const SearchField = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) => {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => onShortcut('/', () => ref.current?.focus()), []);
  return (
    <label className="search">
      <Icon name="search" small />
      <span className="sr">{label}</span>
      <input
        ref={ref}
        type="search"
        value={value}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (value === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
};
