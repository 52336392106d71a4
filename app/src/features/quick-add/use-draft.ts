import { useCallback, useEffect, useRef } from 'react';
import { useServices } from '../../model/services-context.tsx';

const quietMs = 150;

/** Keeps what is typed on this device: shortly after each change, and at once when the page is left. */
export const useDraft = (name: string) => {
  const { ledger } = useServices();
  const pending = useRef<{ value: unknown; timer: ReturnType<typeof setTimeout> } | undefined>(undefined);

  const flush = useCallback(() => {
    const last = pending.current;
    pending.current = undefined;
    if (!last) return;
    clearTimeout(last.timer);
    // A draft that cannot be stored must not get in the way of typing; saving the entry itself reports its errors.
    ledger.saveDraft(name, last.value).catch(() => undefined);
  }, [ledger, name]);

  const keep = useCallback(
    (value: unknown) => {
      clearTimeout(pending.current?.timer);
      pending.current = { value, timer: setTimeout(flush, quietMs) };
    },
    [flush],
  );

  const discard = useCallback(() => {
    clearTimeout(pending.current?.timer);
    pending.current = undefined;
    ledger.clearDraft(name).catch(() => undefined);
  }, [ledger, name]);

  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { keep, discard };
};
