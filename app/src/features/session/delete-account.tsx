import { fail, type Result } from '@fintrack/sync-core/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SessionError, SignInStep } from '../../model/services.ts';
import { useServices, useSyncStatus } from '../../model/services-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AccountForm, CodeInput, PasswordInput } from './account-form.tsx';
import { useSubmit } from './use-submit.ts';
import { words } from './words.ts';

/** Deletes the account for good. The server asks for a sign-in of the last minutes, so the password is asked for here. */
export const DeleteAccount = ({ email }: { email: string }) => {
  const [isAsking, setAsking] = useState(false);
  if (isAsking) return <Ask email={email} onKeep={() => setAsking(false)} />;
  return (
    <section className="sect">
      <button type="button" className="btn" onClick={() => setAsking(true)}>
        {words.deleteAccount}
      </button>
      <p className="below">{words.deleteAccountLead}</p>
    </section>
  );
};

const Ask = ({ email, onKeep }: { email: string; onKeep: () => void }) => {
  const { serverLedger, session } = useServices();
  const { waiting } = useSyncStatus();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isCodeAsked, setCodeAsked] = useState(false);

  const prove = (): Promise<Result<SignInStep, SessionError>> =>
    isCodeAsked ? session.answerSecondFactor(code.trim()) : session.signIn(email, password);
  const remove = async (): Promise<Result<SignInStep, SessionError>> => {
    const proved = await prove();
    if (!proved.ok || proved.value.type !== 'done') return proved;
    const deleted = await serverLedger.deleteAccount();
    return deleted.ok ? proved : fail({ type: 'other', message: words.deleteProblems[deleted.error.type] });
  };
  const form = useSubmit(remove, async (step) => {
    if (step.type !== 'done') return setCodeAsked(true);
    await session.signOut();
    toast({ text: words.accountDeleted });
    return navigate('/account', { replace: true });
  });
  return (
    <section className="sect">
      <AccountForm
        {...form}
        title={words.deleteAccountAsk}
        lead={words.deleteAccountWhy}
        action={words.deleteForGood}
        after={
          <button type="button" className="act reach" onClick={onKeep}>
            {words.keepAccount}
          </button>
        }
      >
        {waiting > 0 && <p className="warn">{words.deleteWaiting(waiting)}</p>}
        {isCodeAsked ? (
          <CodeInput value={code} onChange={setCode} />
        ) : (
          <PasswordInput value={password} onChange={setPassword} />
        )}
      </AccountForm>
    </section>
  );
};
