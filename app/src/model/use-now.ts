import { useEffect, useState } from 'react';
import { useServices } from './services-context.tsx';

const tickMs = 20_000;

/** The instant, renewed often enough for "2 min ago". */
export const useNow = (): number => {
  const services = useServices();
  const [now, setNow] = useState(() => services.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(services.now()), tickMs);
    return () => clearInterval(timer);
  }, [services]);
  return now;
};
