import { useState } from 'react';
import type { TimeSpan } from './timeAxis';

type Moment = { activeLabel?: string | number };

/**
 * Selecting a span of time by dragging over a chart of buckets. `selection` is
 * what is being dragged over; `onSelect` gets whole buckets.
 */
export function useTimeBrush(options: {
  bucketMs: number;
  onSelect?: (span: TimeSpan) => void;
}) {
  const { bucketMs, onSelect } = options;
  const [anchorMs, setAnchorMs] = useState<number>();
  const [headMs, setHeadMs] = useState<number>();
  const reset = () => {
    setAnchorMs(undefined);
    setHeadMs(undefined);
  };
  const selection =
    anchorMs !== undefined && headMs !== undefined
      ? {
          fromMs: Math.min(anchorMs, headMs) - bucketMs / 2,
          toMs: Math.max(anchorMs, headMs) + bucketMs / 2,
        }
      : undefined;
  const handlers = onSelect
    ? {
        onMouseDown: (moment: Moment) => {
          setAnchorMs(momentMs(moment));
          setHeadMs(undefined);
        },
        onMouseMove: (moment: Moment) => {
          if (anchorMs !== undefined) setHeadMs(momentMs(moment));
        },
        onMouseUp: () => {
          if (selection && headMs !== anchorMs) onSelect(selection);
          reset();
        },
        onMouseLeave: reset,
      }
    : {};
  return { selection, handlers };
}

function momentMs(moment: Moment): number | undefined {
  const ms = Number(moment.activeLabel);
  return moment.activeLabel === undefined || Number.isNaN(ms) ? undefined : ms;
}
