import type {
  CacheSample,
  CacheView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { Sparkline } from '../components/charts';
import {
  formatBytes,
  formatCount,
  formatRate,
  formatShare,
} from '../components/format';
import { Columns, Figure } from '../components/layout';
import { reasonMissing } from '../components/states';
import { hitRatio, memoryShare, perSecond } from './cacheFacts';

/** Memory above this share is soon paid for with evictions. */
export const MEMORY_HIGH = 0.9;

/** What a cache is doing: figures with their shape over time. */
export const CacheFigures = (props: { view: CacheView }) => {
  const { latest, series, gaps, staleAfterSeconds } = props.view;
  const memory = latest?.memory;
  const activity = latest?.activity;
  const share = memoryShare(latest);
  const missing = reasonMissing(gaps, 'cache');
  const shape = (pick: (sample: CacheSample) => number | undefined) => ({
    points: series.map(sample => ({
      timeMs: Date.parse(sample.sampledAt),
      value: pick(sample),
    })),
    holdMs: staleAfterSeconds * 1_000,
  });
  const rate = (count: number | undefined) =>
    perSecond(count, activity?.windowSeconds);
  const noRates = latest && !activity ? 'needs a second look' : missing;
  const evicted = series.reduce(
    (sum, sample) => sum + (sample.activity?.evictedKeys ?? 0),
    0,
  );
  return (
    <Columns minWidth={200}>
      <Figure
        label="Memory used"
        value={
          memory &&
          (share === undefined
            ? formatBytes(memory.usedBytes)
            : formatShare(share))
        }
        detail={
          memory &&
          (memory.maxBytes === undefined
            ? 'no limit is set'
            : `${formatBytes(memory.usedBytes)} of ${formatBytes(
                memory.maxBytes,
              )}`)
        }
        tone={share !== undefined && share >= MEMORY_HIGH ? 'atRisk' : 'normal'}
        missing={missing}
        chart={
          <Sparkline
            {...shape(sample => sample.memory?.usedBytes)}
            max={memory?.maxBytes}
          />
        }
      />
      <Figure
        label="Hit ratio"
        value={
          activity &&
          (hitRatio(activity) === undefined
            ? 'no lookups'
            : formatShare(hitRatio(activity)))
        }
        detail={activity && `${formatRate(rate(activity.misses))} missed`}
        missing={noRates}
        chart={
          <Sparkline {...shape(sample => hitRatio(sample.activity))} max={1} />
        }
      />
      <Figure
        label="Commands"
        value={activity && formatRate(rate(activity.commands))}
        detail={
          latest?.clients &&
          `${formatCount(latest.clients.connected)} clients${
            latest.clients.blocked > 0
              ? `, ${formatCount(latest.clients.blocked)} blocked`
              : ''
          }`
        }
        missing={noRates}
        chart={
          <Sparkline
            {...shape(({ activity: one }) =>
              perSecond(one?.commands, one?.windowSeconds),
            )}
          />
        }
      />
      <Figure
        label="Evictions"
        value={activity && formatRate(rate(activity.evictedKeys))}
        detail={activity && `${formatCount(evicted)} keys in this time`}
        tone={activity && activity.evictedKeys > 0 ? 'atRisk' : 'normal'}
        missing={noRates}
        chart={
          <Sparkline
            {...shape(({ activity: one }) =>
              perSecond(one?.evictedKeys, one?.windowSeconds),
            )}
          />
        }
      />
    </Columns>
  );
};
