import type { FormEvent, ReactNode } from 'react';
import type { SessionError } from '../../model/services.ts';
import { Field } from '../../ui/field.tsx';
import { sessionSentence, words } from './words.ts';

type AccountFormProps = {
  title: string;
  lead?: string;
  action: string;
  isBusy: boolean;
  error: SessionError | undefined;
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
  /** Quiet ways on, under the button. */
  after?: ReactNode;
};

export const AccountForm = ({ title, lead, action, isBusy, error, onSubmit, children, after }: AccountFormProps) => (
  <form className="form" onSubmit={onSubmit} noValidate>
    <h2 className="claim">{title}</h2>
    {lead && <p className="ink-2">{lead}</p>}
    {children}
    {error && (
      <p role="alert" className="bad">
        {sessionSentence(error)}
      </p>
    )}
    <button type="submit" className="btn btn-main btn-wide" disabled={isBusy}>
      {isBusy ? words.working : action}
    </button>
    {after && <p className="ways">{after}</p>}
  </form>
);

type TextInputProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'password';
  autoComplete: string;
  inputMode?: 'numeric' | 'email';
  hint?: string;
  lengthMax?: number;
};

export const TextInput = ({
  label,
  value,
  onChange,
  type = 'text',
  autoComplete,
  inputMode,
  hint,
  lengthMax,
}: TextInputProps) => (
  <Field label={label} hint={hint}>
    {(wiring) => (
      <input
        {...wiring}
        className="input"
        type={type}
        required
        autoCapitalize="none"
        autoComplete={autoComplete}
        inputMode={inputMode}
        maxLength={lengthMax}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
);

type InputProps = { value: string; onChange: (value: string) => void };

/** `isNew`: for an account that is being made, which no password manager knows yet. */
export const EmailInput = ({ isNew, ...input }: InputProps & { isNew?: boolean }) => (
  <TextInput
    {...input}
    label={words.email}
    type="email"
    inputMode="email"
    autoComplete={isNew ? 'email' : 'username'}
  />
);

export const PasswordInput = (input: InputProps) => (
  <TextInput {...input} label={words.password} type="password" autoComplete="current-password" />
);

/** With what the pool asks of it. */
export const NewPasswordInput = ({ label, ...input }: InputProps & { label: string }) => (
  <TextInput {...input} label={label} type="password" autoComplete="new-password" hint={words.passwordHint} />
);

/** A code from a message or an authenticator. */
export const CodeInput = (input: InputProps) => (
  <TextInput {...input} label={words.code} autoComplete="one-time-code" inputMode="numeric" />
);
