import { type ReactNode, useId } from 'react';
import './forms.css';

type FieldProps = {
  label: string;
  /** What is wrong and what to do; read out with the field. */
  error?: string | undefined;
  hint?: ReactNode;
  isLabelHidden?: boolean;
  children: (wiring: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode;
};

/** A label, its control, and under it either what is wrong or what helps. */
export const Field = ({ label, error, hint, isLabelHidden = false, children }: FieldProps) => {
  const id = useId();
  const below = error ?? hint;
  const describedBy = below ? `${id}-below` : undefined;
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'sr' : 'field-label'}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error !== undefined })}
      {below && (
        <p id={describedBy} className={error ? 'below bad' : 'below'}>
          {below}
        </p>
      )}
    </div>
  );
};
