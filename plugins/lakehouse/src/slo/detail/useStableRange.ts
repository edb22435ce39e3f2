import { useMemo } from 'react';
import { useNow } from '../../components/format';
import { sloRange, SloUrl } from '../sloUrl';
import type { SloRange } from '../useSlos';

const STEP_MS = 60_000;

/** The times that a URL asks for, moved on once a minute, so that charts do not ask anew with every render. */
export function useStableRange(url: Pick<SloUrl, 'at' | 'span'>): SloRange {
  const { at, span } = url;
  const nowMs = Math.floor(useNow(STEP_MS).getTime() / STEP_MS) * STEP_MS;
  return useMemo(
    () => sloRange({ at, span }, new Date(nowMs)),
    [at, span, nowMs],
  );
}
