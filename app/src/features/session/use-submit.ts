import type { Result } from '@fintrack/sync-core/protocol';
import { type FormEvent, useState } from 'react';
import type { SessionError } from '../../model/services.ts';

/** A form that asks the account service: one request at a time, its refusal beside the form. */
export const useSubmit = <T>(
  ask: () => Promise<Result<T, SessionError>>,
  onDone: (value: T) => void,
  onRefused?: (error: SessionError) => boolean,
) => {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<SessionError>();
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    const answer = await ask();
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else if (!onRefused?.(answer.error)) setError(answer.error);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) void submit();
  };
  return { isBusy, error, onSubmit };
};
