import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { OverSheets } from './sheet-stack.tsx';

export type ToastMessage = {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
};

const undoVisibleMs = 8000;
const plainVisibleMs = 4000;

type Shown = ToastMessage & { readonly key: number };
const ToastContext = createContext<((message: ToastMessage) => void) | undefined>(undefined);

export const useToast = (): ((message: ToastMessage) => void) => {
  const show = useContext(ToastContext);
  if (!show) throw new Error('A screen is outside its ToastProvider.');
  return show;
};

/** One message at a time; a new one takes the place of the old. One with an action stays 8 s, longer while held. */
export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [shown, setShown] = useState<Shown>();
  const show = useCallback((message: ToastMessage) => {
    setShown((before) => ({ ...message, key: (before?.key ?? 0) + 1 }));
  }, []);
  const close = useCallback(() => setShown(undefined), []);
  return (
    <ToastContext value={show}>
      {children}
      <OverSheets>
        <div role="status" className="toast-place">
          {shown && <Toast key={shown.key} message={shown} onClose={close} />}
        </div>
      </OverSheets>
    </ToastContext>
  );
};

const Toast = ({ message, onClose }: { message: ToastMessage; onClose: () => void }) => {
  const [isHeld, setHeld] = useState(false);
  const visibleMs = message.action ? undoVisibleMs : plainVisibleMs;
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(onClose, visibleMs);
    return () => clearTimeout(timer);
  }, [isHeld, onClose, visibleMs]);
  const hold = useMemo(
    () => ({
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
    }),
    [],
  );
  const { action } = message;
  return (
    <div className="toast" {...hold}>
      <span className="two">{message.text}</span>
      {action && (
        <button
          type="button"
          onClick={() => {
            onClose();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
};
