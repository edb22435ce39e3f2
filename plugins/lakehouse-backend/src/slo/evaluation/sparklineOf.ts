import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloShape } from './SloShapes';

const MAX_POINTS = 40;

/** Budget left along the window: it begins whole and ends at what is left now. Absent where nothing was observed. */
export function sparklineOf(options: {
  shape: SloShape;
  remaining: number | undefined;
  nowMs: number;
}): SloSummary['sparkline'] {
  const { shape, remaining, nowMs } = options;
  let left = 1;
  const points = shape.pieces.map(({ toMs, spent, observed }) => {
    left -= spent;
    return {
      at: isoTime(toMs),
      ...(observed ? { remaining: left } : {}),
    };
  });
  const before = points.filter(({ at }) => Date.parse(at) < nowMs);
  return [
    ...before.slice(-(MAX_POINTS - 1)),
    {
      at: isoTime(nowMs),
      ...(remaining === undefined ? {} : { remaining }),
    },
  ];
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
