import { Link, useSearch } from 'wouter';
import { useClaim, useSessionState, useSyncStatus } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { useTitle } from '../../ui/use-title.ts';
import { DeleteAccount } from './delete-account.tsx';
import { ProfileForm } from './profile-form.tsx';
import './session.css';
import { SignIn } from './sign-in.tsx';
import { SignOut } from './sign-out.tsx';
import { SignUp } from './sign-up.tsx';
import { words } from './words.ts';
import '../../ui/parts.css';

/** The account: optional, and said to be. The profile belongs to the book and is here with or without one. */
export const AccountScreen = () => {
  const session = useSessionState();
  const { phase } = useSyncStatus();
  const asked = new URLSearchParams(useSearch()).get('do');
  const isSignedIn = session.type === 'signedIn';
  // A sign-in runs out after weeks: its person proves again who they are, and need not sign out for that.
  const isOut = isSignedIn && (!session.isVerified || (phase.type === 'blocked' && phase.why.type === 'signInNeeded'));
  const isAgain = isOut && asked === 'sign-in';
  const isAsked = isAgain || (!isSignedIn && (asked === 'create' || asked === 'sign-in'));
  useTitle(words.title);
  return (
    <div className="page scrolls">
      <header className="top">
        <h1>{words.title}</h1>
      </header>
      <main id="main">
        <Claim />
        <section className="wrap">
          {isSignedIn && !isAgain ? (
            <dl>
              <div className="kv">
                <dt>{words.signedInAs}</dt>
                <dd>{session.email}</dd>
              </div>
              {isOut && (
                <p className="t-13 ink-2">
                  {words.unverified}{' '}
                  <Link className="act reach" href="/account?do=sign-in">
                    {words.signInAgain}
                  </Link>
                </p>
              )}
            </dl>
          ) : asked === 'create' && !isSignedIn ? (
            <SignUp />
          ) : asked === 'sign-in' ? (
            <SignIn email={isSignedIn ? session.email : ''} />
          ) : (
            <Offer />
          )}
        </section>
        {!isAsked && (
          <section className="sect" aria-labelledby="profile">
            <div className="sect-head">
              <h2 id="profile">{words.profile}</h2>
            </div>
            <ProfileForm />
          </section>
        )}
        {isSignedIn && <SignOut />}
        {isSignedIn && !isAgain && <DeleteAccount email={session.email} />}
      </main>
    </div>
  );
};

const Offer = () => (
  <>
    <h2 className="claim">{words.lead}</h2>
    <p className="ink-2 offer-why">{words.leadWhy}</p>
    <p className="btn-row">
      <Link className="btn" href="/account?do=create">
        {words.createAccount}
      </Link>
      <Link className="btn" href="/account?do=sign-in">
        {words.signIn}
      </Link>
    </p>
  </>
);

const Claim = () => {
  const claim = useClaim();
  const format = useFormat();
  if (claim.type !== 'moving') return null;
  return (
    <section className="wrap moving" role="status">
      <p className="medium">{words.moving(format.count(claim.done), format.count(claim.total))}</p>
      <progress value={claim.done} max={claim.total} aria-label={words.title} />
      <p className="t-13 ink-2">{words.movingWhy}</p>
    </section>
  );
};
