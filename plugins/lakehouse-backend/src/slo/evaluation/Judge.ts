import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import type { JudgedCondition } from '../alerts/judgeConditions';
import type { StoredSlo } from '../definitions/SloBook';
import { readCounts } from '../reads/readCounts';
import { unevaluated } from '../reads/unevaluated';
import type { SloRollups } from '../rollups/SloRollups';
import {
  newestParts,
  planEvaluation,
  type EvaluationPlan,
} from './EvaluationPlan';
import { budgetGrowth } from './budgetGrowth';
import { Forecasts } from './Forecasts';
import { JointSlices } from './JointSlices';
import { LatencyNotes } from './LatencyNotes';
import { readPaces } from './readPaces';
import { SloShapes } from './SloShapes';
import { sparklineOf } from './sparklineOf';
import { SpenderNotes } from './SpenderNotes';
import { summarise } from './summarise';
import {
  inWindow,
  rangesOf,
  weigh,
  type Case,
  type Counted,
  type Weighed,
} from './weigh';
import type { WindowCounts } from './WindowCounts';
import { windowCountsOf } from './windowCountsOf';

const MINUTE_MS = 60_000;

/** What was found about an SLO. */
export interface Judged {
  readonly slo: StoredSlo;
  readonly summary: SloSummary;
  /** What was counted over the window; absent when it can't be judged. */
  readonly counts?: WindowCounts;
  readonly observed: boolean;
  /** Absent when it can't be judged: then nothing is changed of its alerts. */
  readonly conditions?: readonly JudgedCondition[];
}

/** Judges many SLOs at a moment, in a handful of reads however many there are. */
export class Judge {
  readonly #rollups: SloRollups;
  readonly #logger: LoggerService;
  readonly #joint: JointSlices;
  readonly #forecasts = Forecasts.create();
  readonly #latencies: LatencyNotes;
  readonly #shapes: SloShapes;
  readonly #spenders: SpenderNotes;

  static create(options: {
    rollups: SloRollups;
    logger: LoggerService;
  }): Judge {
    return new Judge(options.rollups, options.logger);
  }

  private constructor(rollups: SloRollups, logger: LoggerService) {
    this.#rollups = rollups;
    this.#logger = logger;
    this.#joint = JointSlices.create({ rollups });
    this.#latencies = LatencyNotes.create({ rollups });
    this.#shapes = SloShapes.create({ rollups });
    this.#spenders = SpenderNotes.create({ rollups });
  }

  /** In the order asked for. */
  async judge(cases: readonly Case[], nowMs: number): Promise<Judged[]> {
    const failed = new Map<string, Judged>();
    const attempt = <T>(slo: StoredSlo, judge: () => T): T[] => {
      try {
        return [judge()];
      } catch (error) {
        this.#logger.warn(
          `The SLO '${slo.id}' can't be evaluated: ${toError(error).message}`,
        );
        failed.set(slo.id, unjudged(slo, error));
        return [];
      }
    };
    // Figures stand for whole minutes, so that nothing changes without a cause.
    const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    const plans = cases.flatMap(each =>
      attempt(each.story.slo, () => ({
        ...each,
        plan: planEvaluation(each.story, minuteMs),
      })),
    );
    const counted = await this.#count(plans, minuteMs);
    const weighed = counted.flatMap(each =>
      attempt(each.story.slo, () => weigh(each, nowMs)),
    );
    await this.#lookCloser(weighed, minuteMs);
    const judged = weighed.flatMap(each =>
      attempt(each.story.slo, () => this.#tell(each, nowMs)),
    );
    const byId = new Map(judged.map(each => [each.slo.id, each]));
    return cases.flatMap(
      ({ story: { slo } }) => failed.get(slo.id) ?? byId.get(slo.id) ?? [],
    );
  }

  /** Forgets SLOs that are gone. */
  keepOnly(ids: ReadonlySet<string>) {
    this.#forecasts.keepOnly(ids);
    this.#latencies.keepOnly(ids);
    this.#shapes.keepOnly(ids);
    this.#spenders.keepOnly(ids);
  }

  async #count(
    planned: ReadonlyArray<Case & { plan: EvaluationPlan }>,
    nowMs: number,
  ): Promise<Counted[]> {
    const asked = planned.flatMap(({ plan }) => rangesOf(plan));
    const plans = planned.map(({ plan }) => plan);
    const [counts, reach, paces] = await Promise.all([
      readCounts(this.#rollups, asked),
      this.#rollups.reach(
        plans.flatMap(newestParts).map(({ series }) => series),
      ),
      readPaces(this.#rollups, plans, nowMs),
    ]);
    const counted: Counted[] = [];
    let next = 0;
    for (const each of planned) {
      const { plan } = each;
      const { length } = rangesOf(plan);
      counted.push({
        ...each,
        counts: counts.slice(next, next + length),
        reach,
        paces: paces.get(plan),
        jointIn: await this.#joint.read(plan, nowMs),
      });
      next += length;
    }
    return counted;
  }

  /** Reads along the window, latencies, and who spent: only of what changed. */
  async #lookCloser(weighed: readonly Weighed[], nowMs: number): Promise<void> {
    await this.#shapes.refresh(
      weighed.map(({ plan, window }) => ({ plan, allowed: window.allowed })),
      nowMs,
    );
    await this.#latencies.refresh(weighed, nowMs);
    await this.#spenders.refresh(
      weighed.map(({ plan, counts, conditions }) => ({
        plan,
        counts: inWindow(plan, counts),
        burns: conditions.some(({ step }) => step.machine.phase !== 'inactive'),
      })),
      nowMs,
    );
  }

  #tell(weighed: Weighed, nowMs: number): Judged {
    const { plan, window, state, conditions, paces, silences } = weighed;
    const { slo } = plan.story;
    const minuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
    const shape = this.#shapes.get(slo.id);
    const remaining = window.budget?.remaining;
    return {
      slo,
      conditions,
      observed: state.observed,
      counts: windowCountsOf(weighed, objective =>
        this.#latencies.get(plan, objective),
      ),
      summary: summarise({
        plan,
        window,
        state,
        conditions,
        silences,
        forecast: this.#forecasts.of({
          plan,
          buckets: paces,
          shape,
          remaining,
          allowed: window.allowed,
          growing: budgetGrowth({
            definition: slo.definition,
            window: plan.window,
            countedFromMs: state.countedFromMs,
            observedMs:
              (window.coverage ?? 0) * (plan.window.toMs - plan.window.fromMs),
          }),
          nowMs: minuteMs,
        }),
        spenders: this.#spenders.get(slo.id),
        sparkline: shape
          ? sparklineOf({ shape, remaining, nowMs: minuteMs })
          : [],
        nowMs,
      }),
    };
  }
}

/** What was counted over the windows, by SLO. */
export function countsOf(
  judged: readonly Judged[],
): ReadonlyMap<string, WindowCounts> {
  return new Map(
    judged.flatMap(({ slo, counts }) => (counts ? [[slo.id, counts]] : [])),
  );
}

function unjudged(slo: StoredSlo, error: unknown): Judged {
  return {
    slo,
    observed: false,
    summary: {
      ...unevaluated(slo),
      sentence: `It can't be evaluated: ${toError(error).message}`,
    },
  };
}
