import type { CalendarDate } from '@fintrack/sync-core/protocol';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Services } from './services.ts';

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ({ services, children }: { services: Services; children: ReactNode }) => (
  <ServicesContext value={services}>{children}</ServicesContext>
);

export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('A screen is outside its ServicesProvider.');
  return services;
};

/** The calendar date here and now. */
export const useToday = (): CalendarDate => useServices().today();

/** The value now and after every change. `read` may return a new object each time; both must be stable functions. */
const useLive = <T,>(subscribe: (onChange: () => void) => () => void, read: () => T): T => {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const update = () => setValue(() => read());
    update();
    return subscribe(update);
  }, [subscribe, read]);
  return value;
};

/** A port's methods may use `this`, so each is bound once per services object. */
const bound = new WeakMap<Services, ReturnType<typeof bindAll>>();
const bindAll = (services: Services) => ({
  sync: [(change: () => void) => services.sync.subscribe(change), () => services.sync.status()] as const,
  session: [(change: () => void) => services.session.subscribe(change), () => services.session.state()] as const,
  ledgerName: [(change: () => void) => services.session.subscribe(change), () => services.ledgerName()] as const,
  update: [(change: () => void) => services.update.subscribe(change), () => services.update.isReady()] as const,
  claim: [(change: () => void) => services.subscribeClaim(change), () => services.claim()] as const,
});
const useBound = () => {
  const services = useServices();
  const known = bound.get(services);
  if (known) return known;
  const made = bindAll(services);
  bound.set(services, made);
  return made;
};

export const useSyncStatus = () => useLive(...useBound().sync);
export const useSessionState = () => useLive(...useBound().session);
export const useLedgerName = () => useLive(...useBound().ledgerName);
export const useUpdateReady = () => useLive(...useBound().update);
export const useClaim = () => useLive(...useBound().claim);
