import { type ReactNode, useLayoutEffect, useRef } from 'react';
import './sheet.css';
import { useRegisterSheet } from './sheet-stack.tsx';

/**
 * A dialog over the page: a sheet from below on phones, in the middle elsewhere. The browser keeps the focus inside and
 * gives it back; Escape, the browser's own back gesture for dialogs, and a press beside it close it.
 */
export const Sheet = ({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) => {
  const ref = useRef<HTMLDialogElement>(null);
  const register = useRegisterSheet();
  // A layout effect, because only a dialog that is closed while still in the page gives the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    dialog.showModal();
    // Else the browser takes the first button, with a ring nobody asked for.
    (dialog.querySelector<HTMLElement>('[data-first-focus]') ?? dialog).focus();
    const unregister = register(dialog);
    return () => {
      dialog.close();
      unregister();
    };
  }, [register]);
  return (
    <dialog
      ref={ref}
      className="sheet"
      tabIndex={-1}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget && isBeside(event, event.currentTarget)) onClose();
      }}
    >
      {children}
    </dialog>
  );
};

const isBeside = (at: { clientX: number; clientY: number }, element: Element): boolean => {
  const box = element.getBoundingClientRect();
  return at.clientX < box.left || at.clientX > box.right || at.clientY < box.top || at.clientY > box.bottom;
};
