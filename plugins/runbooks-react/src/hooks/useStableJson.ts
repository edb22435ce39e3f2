import { useRef } from 'react';

/**
 * Keeps the same reference for as long as the value says the same, so that
 * callers may build it while rendering.
 */
export function useStableJson<T>(value: T): T {
  const kept = useRef(value);
  if (JSON.stringify(kept.current) !== JSON.stringify(value)) {
    kept.current = value;
  }
  return kept.current;
}
