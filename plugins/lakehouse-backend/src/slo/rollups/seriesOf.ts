import type {
  SloDefinition,
  SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { createHash } from 'node:crypto';
import type { SloSeries } from './SloRollups';

/** Enough of a hash that two series never share one. */
const ID_BYTES = 16;

/**
 * What is to be counted for an objective. The target is no part of it: a new
 * target is judged by the counts that are there. Slices are a part only where
 * the budget is counted in them.
 */
export function seriesOf(
  definition: Pick<SloDefinition, 'method'>,
  objective: Pick<SloObjective, 'sli' | 'threshold' | 'slice'>,
): SloSeries {
  const { sli, threshold, slice } = objective;
  const counted = {
    source: sli.source,
    ...(threshold && { threshold }),
    ...(slice &&
      definition.method !== 'Occurrences' && {
        slice: {
          durationMs: slice.durationMs,
          ...(definition.method === 'Timeslices' &&
            slice.target !== undefined && { target: slice.target }),
        },
      }),
  };
  const id = createHash('sha256')
    .update(stableJson(counted))
    .digest()
    .subarray(0, ID_BYTES)
    .toString('base64url');
  return { id, ...counted };
}

/** JSON with sorted keys, whatever order a file has them in; lists of errors stand for sets. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'badErrors' && Array.isArray(part)) return part.toSorted();
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      return part;
    }
    return Object.fromEntries(
      Object.entries(part)
        .filter(([, field]) => field !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
