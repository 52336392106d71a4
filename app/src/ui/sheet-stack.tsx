import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { createPortal } from 'react-dom';

type Register = (sheet: HTMLElement) => () => void;

const RegisterContext = createContext<Register>(() => () => undefined);
const TopSheetContext = createContext<HTMLElement | undefined>(undefined);

/** Knows the open sheets, so that what belongs over everything can be shown over them. */
export const SheetStack = ({ children }: { children: ReactNode }) => {
  const [open, setOpen] = useState<readonly HTMLElement[]>([]);
  const register = useCallback<Register>((sheet) => {
    setOpen((before) => [...before, sheet]);
    return () => setOpen((before) => before.filter((each) => each !== sheet));
  }, []);
  return (
    <RegisterContext value={register}>
      <TopSheetContext value={open.at(-1)}>{children}</TopSheetContext>
    </RegisterContext>
  );
};

/** For a sheet: tells that it is open, and returns how to tell that it is not. */
export const useRegisterSheet = (): Register => useContext(RegisterContext);

/** Inside the topmost sheet while one is open: a modal dialog covers what is outside it, and lets no press through. */
export const OverSheets = ({ children }: { children: ReactNode }) => {
  const sheet = useContext(TopSheetContext);
  return sheet ? createPortal(children, sheet) : children;
};
