import { useState } from 'react';
import { useServices } from '../../model/services-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AccountForm, CodeInput } from './account-form.tsx';
import { useSubmit } from './use-submit.ts';
import { sessionSentence, words } from './words.ts';

/** The code that was sent to a new account's email. */
export const ConfirmCode = ({ email, onDone }: { email: string; onDone: () => Promise<void> }) => {
  const { session } = useServices();
  const toast = useToast();
  const [code, setCode] = useState('');
  const form = useSubmit(() => session.confirmSignUp(email, code.trim()), onDone);
  const resend = async () => {
    const sent = await session.resendCode(email);
    toast({ text: sent.ok ? words.resent : sessionSentence(sent.error) });
  };
  return (
    <AccountForm
      {...form}
      title={words.confirmTitle}
      lead={words.confirmLead(email)}
      action={words.confirm}
      after={
        <button type="button" className="act reach" onClick={() => void resend()}>
          {words.resend}
        </button>
      }
    >
      <CodeInput value={code} onChange={setCode} />
    </AccountForm>
  );
};
