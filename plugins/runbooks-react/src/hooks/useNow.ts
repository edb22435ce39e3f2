import { useEffect, useState } from 'react';

const TICK_MS = 1_000;

/** The time in milliseconds, each second anew while it is wanted. */
export function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    if (!ticking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [ticking]);

  return now;
}
