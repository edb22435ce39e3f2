import type { MsSpan } from '@lakehouse-ops/plugin-lakehouse-common';
import { createHash } from 'node:crypto';
import { countedSpans, type ObjectivePart } from './objectiveParts';

/** Enough of a hash that two questions never share one. */
const KEY_BYTES = 16;

/**
 * Stands for the question what was counted of a part in a window: the series,
 * the window, and what of it counts. Whatever changes one of them (a minute
 * later, another version, a correction that comes or goes) makes another key,
 * so that no old answer is taken for a new one.
 */
export function countKey(part: ObjectivePart, window: MsSpan): string {
  const spans = countedSpans(part, window);
  return createHash('sha256')
    .update(
      JSON.stringify([
        part.series.id,
        window.fromMs,
        window.toMs,
        ...spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
      ]),
    )
    .digest()
    .subarray(0, KEY_BYTES)
    .toString('base64url');
}
