import { useSyncExternalStore } from 'react';
import { Clock } from './Clock';

/** The time, told anew every `everyMs`; stands still while the page is hidden. */
export function useNow(everyMs: number): Date {
  const clock = Clock.ticking(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.now);
}
