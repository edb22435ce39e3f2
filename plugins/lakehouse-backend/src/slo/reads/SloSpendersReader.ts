import {
  attributeBudget,
  sloWindowAt,
  type SloSpenders,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import type { SloRollups } from '../rollups/SloRollups';
import { judgeObjective } from './judgeParts';
import { countedSpans, objectiveParts } from './objectiveParts';
import { rangeOrWindow } from './rangeOrWindow';
import { readCounts } from './readCounts';
import { readSloStories } from './SloStory';

const HOUR_MS = 3_600_000;
/** Spans between corrections and versions; each is read by itself. */
const SPANS_MAX = 50;

interface Options {
  readonly book: Pick<SloBook, 'versionsOf'>;
  readonly rollups: Pick<SloRollups, 'sums' | 'spenders'>;
  readonly alertLog: Pick<SloAlertLog, 'corrections'>;
  readonly now: () => number;
}

/** Who spent the budget of an SLO, by what its bad queries had in common. */
export class SloSpendersReader {
  readonly #options: Options;

  static create(
    options: Omit<Options, 'now'> & { now?: () => number },
  ): SloSpendersReader {
    return new SloSpendersReader({ ...options, now: options.now ?? Date.now });
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async read(
    slo: StoredSlo,
    asked: { from?: string; to?: string },
  ): Promise<SloSpenders> {
    const { rollups, now } = this.#options;
    const range = rangeOrWindow(slo.definition.window, asked, now());
    const answer = {
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
    };
    const window = sloWindowAt(slo.definition.window, range.toMs);
    const whole =
      slo.definition.window.kind === 'calendar'
        ? { fromMs: window.fromMs, toMs: window.endMs }
        : undefined;
    const [story] = await readSloStories(this.#options, [slo], {
      fromMs: Math.min(range.fromMs, window.fromMs),
      toMs: range.toMs,
    });
    const parts = objectiveParts(story);
    const counts = await readCounts(
      rollups,
      parts.flatMap(part => [
        { part, range },
        { part, range: window },
      ]),
    );
    const inRange = counts.filter((_, index) => index % 2 === 0);
    const inWindow = counts.filter((_, index) => index % 2 === 1);
    const shares = slo.definition.objectives.map(({ key, weight }) => {
      const ofKey = ({ part }: { part: { key: string } }) => part.key === key;
      const { budget } = judgeObjective(inWindow.filter(ofKey), whole);
      const spent = judgeObjective(inRange.filter(ofKey)).budget?.spent ?? 0;
      return budget?.allowed ? (weight * spent) / budget.allowed : 0;
    });
    const spent = shares.reduce((sum, share) => sum + share, 0);
    const counted = inRange.filter(({ part }) => isOfQueries(part.series));
    const bad = counted.reduce(
      (sum, { sums }) => sum + Math.max(0, sums.total - sums.good),
      0,
    );
    if (!counted.length) {
      return {
        ...answer,
        spent,
        dimensions: [],
        note: 'This indicator is no count of queries, so there is nobody to name: what spent the budget are the minutes in which it was not met.',
      };
    }
    if (bad <= 0) {
      const note = 'Nothing was spent in this time.';
      return { ...answer, spent, dimensions: [], note };
    }
    const spans = counted
      .flatMap(({ part }) =>
        countedSpans(part, range).map(span => ({ series: part.series, span })),
      )
      .slice(0, SPANS_MAX);
    const buckets = await Promise.all(
      spans.map(({ series, span }) => rollups.spenders(series, span)),
    );
    const dimensions = attributeBudget({ spenders: buckets.flat(), bad });
    return {
      ...answer,
      spent,
      dimensions,
      note: noteOf(dimensions, range.toMs - range.fromMs),
    };
  }
}

function noteOf(
  dimensions: SloSpenders['dimensions'],
  rangeMs: number,
): string | undefined {
  if (!dimensions.length) {
    return 'What was spent in this time can not be told apart any more.';
  }
  return rangeMs < HOUR_MS
    ? 'Spenders are kept by the hour: shares are of the whole hours that this time touches.'
    : undefined;
}

function isOfQueries(series: {
  source: { type: string; indicator?: string };
}): boolean {
  const { type, indicator = '' } = series.source;
  return (
    type === 'lakehouse' &&
    ['query-success', 'query-latency', 'queue-time'].includes(indicator)
  );
}
