import {
  sloWindowMs,
  type SloObjective,
  type SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import type { SloRollups } from '../rollups/SloRollups';
import { countFirings } from './countFirings';
import { hasLatency } from './LatencySketches';
import { objectiveParts } from './objectiveParts';
import { rangeOrWindow } from './rangeOrWindow';
import { readSloStories } from './SloStory';
import { SloTimeline } from './SloTimeline';
import { whatIfThreshold } from './whatIfThreshold';

interface Options {
  readonly book: Pick<SloBook, 'versionsOf'>;
  readonly rollups: Pick<SloRollups, 'buckets' | 'sums' | 'latencyBins'>;
  readonly alertLog: Pick<SloAlertLog, 'corrections'>;
  readonly now: () => number;
}

const NOT_KEPT =
  'What another threshold would have meant can not be told: of this indicator it is kept whether it met its threshold, not by how much. Change the definition, and its past is counted anew as far as it is known.';

/** What another target or threshold would have meant over the budget's window. */
export class SloWhatIfReader {
  readonly #options: Options;

  static create(
    options: Omit<Options, 'now'> & { now?: () => number },
  ): SloWhatIfReader {
    return new SloWhatIfReader({ ...options, now: options.now ?? Date.now });
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async read(
    slo: StoredSlo,
    change: { target?: number; threshold?: number; objective: SloObjective },
  ): Promise<SloWhatIf> {
    const { rollups, now } = this.#options;
    const { definition } = slo;
    const { objective, threshold } = change;
    const target = change.target ?? objective.target;
    const range = rangeOrWindow(definition.window, {}, now());
    const asked = { target, threshold };
    const isNew =
      threshold !== undefined && threshold !== objective.threshold?.value;
    const [story] = await readSloStories(this.#options, [slo], {
      fromMs: range.fromMs - sloWindowMs(definition.window),
      toMs: range.toMs,
    });
    const parts = objectiveParts(story);
    if (isNew) {
      const part = parts.findLast(({ key }) => key === objective.key);
      const why = !objective.threshold
        ? 'This objective has no threshold to change.'
        : thresholdUnknown(slo);
      if (why || !part || !hasLatency(part.series)) {
        return { ...asked, points: [], alerts: [], note: why ?? NOT_KEPT };
      }
      return whatIfThreshold({
        rollups,
        part,
        target,
        threshold,
        range,
        isCalendar: definition.window.kind === 'calendar',
      });
    }
    const [timeline, firings] = await Promise.all([
      SloTimeline.read({
        rollups,
        definition,
        parts,
        range,
        nowMs: now(),
      }),
      countFirings({
        rollups,
        definition,
        parts,
        range,
        nowMs: now(),
        target: { key: objective.key, value: target },
      }),
    ]);
    const changed = timeline.withTarget(objective.key, target);
    const { attainment, remaining } = changed.standingAt(range.toMs);
    return {
      ...asked,
      attainment,
      remaining,
      points: changed.moments.map(atMs => ({
        at: new Date(atMs).toISOString(),
        remaining: changed.standingAt(atMs).remaining,
      })),
      ...firings,
    };
  }
}

function thresholdUnknown({ definition }: StoredSlo): string | undefined {
  if (definition.objectives.length > 1) {
    return 'What another threshold would have meant is told of SLOs with one objective only.';
  }
  return definition.method === 'Occurrences'
    ? undefined
    : 'What another threshold would have meant is told of the budgeting method Occurrences only: which slices would have been good is not kept.';
}
