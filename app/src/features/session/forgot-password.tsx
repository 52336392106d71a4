import { useState } from 'react';
import { useServices } from '../../model/services-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { AccountForm, CodeInput, EmailInput, NewPasswordInput } from './account-form.tsx';
import { useSubmit } from './use-submit.ts';
import { words } from './words.ts';

type ForgotPasswordProps = {
  email: string;
  onDone: (email: string, password: string) => void;
  onBack: () => void;
};

/** A code by email, then a new password. */
export const ForgotPassword = ({ email: known, onDone, onBack }: ForgotPasswordProps) => {
  const { session } = useServices();
  const toast = useToast();
  const [email, setEmail] = useState(known);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [isSent, setSent] = useState(false);
  const ask = useSubmit(
    () => session.forgotPassword(email.trim()),
    () => setSent(true),
  );
  const reset = useSubmit(
    () => session.resetPassword(email.trim(), code.trim(), password),
    () => {
      toast({ text: words.passwordSet });
      onDone(email.trim(), password);
    },
  );
  const back = (
    <button type="button" className="act reach" onClick={onBack}>
      {words.back}
    </button>
  );
  if (!isSent)
    return (
      <AccountForm {...ask} title={words.forgotTitle} lead={words.forgotLead} action={words.sendCode} after={back}>
        <EmailInput value={email} onChange={setEmail} />
      </AccountForm>
    );
  return (
    <AccountForm
      {...reset}
      title={words.forgotTitle}
      lead={words.confirmLead(email.trim())}
      action={words.setPassword}
      after={back}
    >
      <CodeInput value={code} onChange={setCode} />
      <NewPasswordInput label={words.newPassword} value={password} onChange={setPassword} />
    </AccountForm>
  );
};
