import {
  sloWindowAt,
  type SloObjectiveView,
  type SloWindowSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { WindowCount, WindowCounts } from '../evaluation/WindowCounts';
import type { SloRollups } from '../rollups/SloRollups';
import { countKey } from './countKey';
import { judgeObjective } from './judgeParts';
import { hasLatency, type LatencySketches } from './LatencySketches';
import {
  countedSpans,
  objectiveParts,
  type ObjectivePart,
} from './objectiveParts';
import { minutesIn, readCounts, type PartCounts } from './readCounts';
import type { SloStory } from './SloStory';

interface From {
  readonly rollups: Pick<SloRollups, 'sums' | 'reach'>;
  readonly sketches: LatencySketches;
}

/** What is to be told of a part. */
interface Question {
  readonly part: ObjectivePart;
  readonly window: SloWindowSpan;
  /** What the evaluation counted when it asked the very same. */
  readonly known?: WindowCount;
}

/** What is told of a part. */
interface Answer extends PartCounts {
  readonly countedFromMs?: number;
  readonly latencyMs?: SloObjectiveView['latencyMs'];
}

const NOTHING = {
  sums: { good: 0, total: 0 },
  observedMinutes: 0,
  minutes: 0,
} as const;

/**
 * Figures of the objectives of many SLOs, by id. What the evaluation counted of
 * the very same question stands; all else is counted anew, in a handful of
 * rounds of SQL however many there are.
 */
export async function readObjectiveViews(
  from: From,
  asked: ReadonlyArray<{
    story: SloStory;
    atMs: number;
    counts?: WindowCounts;
  }>,
): Promise<ReadonlyMap<string, SloObjectiveView[]>> {
  const plans = asked.map(({ story, atMs, counts = {} }) => {
    const window = sloWindowAt(story.slo.definition.window, atMs);
    const questions = objectiveParts(story).map(part => ({
      part,
      window,
      known: counts[countKey(part, window)],
    }));
    return { story, window, questions };
  });
  const answers = await answer(
    from,
    plans.flatMap(({ questions }) => questions),
  );
  let next = 0;
  return new Map(
    plans.map(({ story, window, questions }) => {
      const own = answers.slice(next, next + questions.length);
      next += questions.length;
      return [
        story.slo.id,
        story.slo.definition.objectives.map(({ key }) =>
          objectiveView({
            answers: own.filter(({ part }) => part.key === key),
            window,
            isCalendar: story.slo.definition.window.kind === 'calendar',
          }),
        ),
      ];
    }),
  );
}

/** In the order asked for. */
async function answer(
  { rollups, sketches }: From,
  questions: readonly Question[],
): Promise<Answer[]> {
  const unknown = questions.filter(({ known }) => !known);
  const timed = questions.filter(
    ({ part, known }) =>
      !known?.latency && part.toMs === Infinity && hasLatency(part.series),
  );
  const [counts, reach] = await Promise.all([
    readCounts(
      rollups,
      unknown.map(({ part, window }) => ({ part, range: window })),
    ),
    unknown.length
      ? rollups.reach(unknown.map(({ part }) => part.series))
      : undefined,
  ]);
  const countedFromMsOf = ({ part, known }: Question) =>
    known ? known.countedFromMs : reach?.get(part.series.id)?.countedFromMs;
  const quantiles = await sketches.quantiles(
    timed.map(question => ({
      series: question.part.series,
      window: question.window,
      countedFromMs: countedFromMsOf(question),
    })),
  );
  const counted = new Map(
    unknown.map((question, index) => [question, counts[index]]),
  );
  const latencies = new Map(
    timed.map((question, index) => [question, quantiles[index]]),
  );
  return questions.map(question => {
    const { part, window, known } = question;
    return {
      part,
      ...(known
        ? {
            sums: known.sums,
            observedMinutes: known.observedMinutes,
            minutes: minutesIn(countedSpans(part, window)),
          }
        : NOTHING),
      ...counted.get(question),
      countedFromMs: countedFromMsOf(question),
      latencyMs: latencies.get(question) ?? known?.latency?.told,
    };
  });
}

function objectiveView(options: {
  answers: readonly Answer[];
  window: SloWindowSpan;
  isCalendar: boolean;
}): SloObjectiveView {
  const { answers, window, isCalendar } = options;
  const { part, countedFromMs, latencyMs } = answers[answers.length - 1];
  const { attainment, budget } = judgeObjective(
    answers,
    isCalendar ? { fromMs: window.fromMs, toMs: window.endMs } : undefined,
  );
  const observed = answers.reduce((sum, one) => sum + one.observedMinutes, 0);
  const minutes = answers.reduce((sum, one) => sum + one.minutes, 0);
  const total = answers.reduce((sum, one) => sum + one.sums.total, 0);
  return {
    objective: part.objective,
    attainment,
    budget,
    // Without a look there was nothing to count, which is not the same as 0.
    ...(observed > 0 && {
      good: answers.reduce((sum, one) => sum + one.sums.good, 0),
      total,
    }),
    coverage: minutes > 0 ? Math.min(1, observed / minutes) : undefined,
    countedFrom:
      countedFromMs === undefined
        ? undefined
        : new Date(countedFromMs).toISOString(),
    latencyMs,
  };
}
