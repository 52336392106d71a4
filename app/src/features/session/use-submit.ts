import type { Result } from '@fintrack/sync-core/protocol';
import { type FormEvent, useState } from 'react';
import type { SessionError } from '../../model/services.ts';

/** A form that asks the account service: busy until what follows is done too, its refusal beside the form. */
export const useSubmit = <T>(
  ask: () => Promise<Result<T, SessionError>>,
  onDone: (value: T) => void | Promise<void>,
  onRefused?: (error: SessionError) => boolean,
  /** What was refused before the form came up. */
  first?: SessionError,
) => {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState(first);
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    const answer = await ask();
    if (answer.ok) await onDone(answer.value);
    else if (!onRefused?.(answer.error)) setError(answer.error);
    setBusy(false);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void submit();
  };
  return { isBusy, error, setError, onSubmit };
};
