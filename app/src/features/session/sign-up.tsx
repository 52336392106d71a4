import { limits } from '@fintrack/sync-core/protocol';
import { useState } from 'react';
import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import type { SessionError } from '../../model/services.ts';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { AccountForm, EmailInput, NewPasswordInput, TextInput } from './account-form.tsx';
import { ConfirmCode } from './confirm-code.tsx';
import { SignIn } from './sign-in.tsx';
import { useSubmit } from './use-submit.ts';
import { words } from './words.ts';

/** Email, password and name; then the code; then signed in with what was typed. */
export const SignUp = () => {
  const { session, ledger } = useServices();
  const { profile } = useBook();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState(profile.name);
  const [step, setStep] = useState<'details' | 'code' | 'signIn'>('details');
  const [refused, setRefused] = useState<SessionError>();
  const toast = useToast();
  const form = useSubmit(
    () => session.signUp(email.trim(), password, name.trim()),
    async () => {
      setStep('code');
      if (name.trim() === profile.name) return;
      // The profile is where a name lives; it moves into the account with the rest of the book.
      const saved = await ledger.updateProfile({ name: name.trim() });
      if (!saved.ok) toast({ text: saveErrorSentence(saved.error) });
    },
  );
  const confirmed = async () => {
    const signedIn = await session.signIn(email.trim(), password);
    // Whatever is missing, the sign-in form asks for it and names what went wrong.
    if (signedIn.ok && signedIn.value.type === 'done') return;
    if (!signedIn.ok) setRefused(signedIn.error);
    setStep('signIn');
  };
  if (step === 'code') return <ConfirmCode email={email.trim()} onDone={confirmed} />;
  if (step === 'signIn') return <SignIn email={email.trim()} error={refused} />;
  return (
    <AccountForm
      {...form}
      title={words.createAccount}
      lead={words.why}
      action={words.createAccount}
      after={
        <Link className="act reach" href="/account?do=sign-in">
          {words.haveAccount}
        </Link>
      }
    >
      <TextInput
        label={words.name}
        value={name}
        onChange={setName}
        lengthMax={limits.nameLengthMax}
        autoComplete="name"
        hint={words.nameHint}
      />
      <EmailInput isNew value={email} onChange={setEmail} />
      <NewPasswordInput label={words.password} value={password} onChange={setPassword} />
    </AccountForm>
  );
};
