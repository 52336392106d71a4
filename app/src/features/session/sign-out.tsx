import { useState } from 'react';
import { useLocation } from 'wouter';
import { useServices, useSyncStatus } from '../../model/services-context.tsx';
import { useToast } from '../../ui/toast.tsx';
import { sessionSentence, words } from './words.ts';

/** Asks first where changes exist only on this device. */
export const SignOut = () => {
  const { session, sync } = useServices();
  const { waiting } = useSyncStatus();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const signOut = async () => {
    const done = await session.signOut();
    if (!done.ok) return toast({ text: sessionSentence(done.error) });
    // Not back to the form that the person once signed in or up with.
    return navigate('/account', { replace: true });
  };
  return (
    <section className="sect">
      {isAsking && waiting > 0 ? (
        <div role="alert">
          <p className="medium warn sign-out-ask">{words.signOutWaiting(waiting)}</p>
          <p className="btn-row">
            <button type="button" className="btn" onClick={() => sync.syncNow()}>
              {words.backUpFirst}
            </button>
            <button type="button" className="btn" onClick={() => void signOut()}>
              {words.signOutAnyway}
            </button>
            <button type="button" className="btn" onClick={() => setAsking(false)}>
              {words.stay}
            </button>
          </p>
        </div>
      ) : (
        <>
          <button
            type="button"
            className="btn"
            onClick={() => {
              if (waiting > 0) setAsking(true);
              else void signOut();
            }}
          >
            {words.signOut}
          </button>
          <p className="below">{words.signOutLead}</p>
        </>
      )}
    </section>
  );
};
