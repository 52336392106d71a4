import { useState } from 'react';
import { Link } from 'wouter';
import type { SessionError, SignInStep } from '../../model/services.ts';
import { useServices } from '../../model/services-context.tsx';
import { AccountForm, CodeInput, EmailInput, PasswordInput } from './account-form.tsx';
import { ConfirmCode } from './confirm-code.tsx';
import { ForgotPassword } from './forgot-password.tsx';
import { useSubmit } from './use-submit.ts';
import { words } from './words.ts';

type Step = 'password' | 'code' | 'secondFactor' | 'forgot';

/** Email and password, then whatever else the account asks for. */
export const SignIn = ({ email: known = '', error: first }: { email?: string; error?: SessionError | undefined }) => {
  const { session } = useServices();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<Step>('password');
  const goOn = (next: SignInStep) => {
    if (next.type === 'confirmSignUp') setStep('code');
    if (next.type === 'secondFactor') setStep('secondFactor');
  };
  const form = useSubmit(
    () => session.signIn(email.trim(), password),
    goOn,
    (error) => {
      if (error.type !== 'notConfirmed') return false;
      setStep('code');
      return true;
    },
    first,
  );
  const confirmed = async () => {
    const next = await session.signIn(email.trim(), password);
    if (next.ok) return goOn(next.value);
    setStep('password');
    form.setError(next.error);
  };
  if (step === 'code') return <ConfirmCode email={email.trim()} onDone={confirmed} />;
  if (step === 'secondFactor') return <SecondFactor onNext={goOn} />;
  const reset = (of: string, to: string) => {
    setEmail(of);
    setPassword(to);
    form.setError(undefined);
    setStep('password');
  };
  if (step === 'forgot') return <ForgotPassword email={email} onDone={reset} onBack={() => setStep('password')} />;
  return (
    <AccountForm
      {...form}
      title={words.signIn}
      lead={words.signInLead}
      action={words.signIn}
      after={
        <>
          <button type="button" className="act reach" onClick={() => setStep('forgot')}>
            {words.forgot}
          </button>
          <Link className="act reach" href="/account?do=create">
            {words.noAccount}
          </Link>
        </>
      }
    >
      <EmailInput value={email} onChange={setEmail} />
      <PasswordInput value={password} onChange={setPassword} />
    </AccountForm>
  );
};

const SecondFactor = ({ onNext }: { onNext: (next: SignInStep) => void }) => {
  const { session } = useServices();
  const [code, setCode] = useState('');
  const form = useSubmit(() => session.answerSecondFactor(code.trim()), onNext);
  return (
    <AccountForm {...form} title={words.secondFactorTitle} lead={words.secondFactorLead} action={words.confirm}>
      <CodeInput value={code} onChange={setCode} />
    </AccountForm>
  );
};
