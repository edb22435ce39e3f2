import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  LakehouseSignal,
  SloCorrection,
  SloSilence,
  SloVersion,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { AlertChange } from '../alerts/AlertChange';
import type { AlertRegister } from '../alerts/AlertRegister';
import type { BudgetSteps } from '../alerts/BudgetSteps';
import type { ShownState } from '../alerts/judgeConditions';
import type { OpenAlert } from '../alerts/OpenAlert';
import { endRemoved, planAlertChanges } from '../alerts/planAlertChanges';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { SloBook, StoredSlo } from '../definitions/SloBook';
import { connectionsOf } from '../routes/connectionsOf';
import type { SloStory } from '../reads/SloStory';
import type { DatabaseSloStates } from './DatabaseSloStates';
import { countsOf, Judge, type Judged } from './Judge';
import type { Rounds } from './Rounds';

const ROUND = 'evaluation';
/** SLOs that are held in memory with all their figures. */
const CHUNK = 1_000;
/** Longer than the longest window with its lookbacks. */
const STORY_MS = 800 * 86_400_000;

interface Options {
  readonly book: Pick<SloBook, 'list' | 'versionsOf'>;
  readonly judge: Judge;
  readonly states: DatabaseSloStates;
  readonly register: AlertRegister;
  readonly steps: BudgetSteps;
  readonly alertLog: Pick<SloAlertLog, 'corrections' | 'silences'>;
  readonly rounds: Rounds;
  readonly notifier: {
    notify(connection: string, kind: LakehouseSignal['kind']): void;
  };
  readonly logger: LoggerService;
}

/** What stands beside the counts when SLOs are judged, by SLO id. */
interface Surroundings {
  readonly corrections: ReadonlyMap<string, SloCorrection[]>;
  readonly silences: ReadonlyMap<string, SloSilence[]>;
  readonly open: ReadonlyMap<string, OpenAlert[]>;
  readonly shown: ReadonlyMap<string, ReadonlyMap<string, ShownState>>;
}

/**
 * Judges all SLOs of the book: counts, alerts, budget steps, and what lists
 * show. Two replicas may do so at once: each change is made by one of them.
 */
export class SloEvaluator {
  readonly #options: Options;
  /** Past versions by SLO, with the newest version they were read at. */
  readonly #versions = new Map<
    string,
    { version: number; versions: SloVersion[] }
  >();

  static create(options: Options): SloEvaluator {
    return new SloEvaluator(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** One round. While the clock is behind that of the last round nothing is judged, once. */
  async evaluate({ nowMs }: { nowMs: number }): Promise<void> {
    const { rounds, logger, book, judge } = this.#options;
    const last = await rounds.last(ROUND);
    await rounds.done(ROUND, nowMs);
    if (last !== undefined && nowMs < last) {
      logger.warn(
        `The clock is ${Math.ceil(
          (last - nowMs) / 1000,
        )} s behind that of the last evaluation of SLOs: this round judges nothing. See whether the clocks of all replicas are set by NTP.`,
      );
      return;
    }
    const slos = await book.list();
    const ids = new Set(slos.map(({ id }) => id));
    const around = await this.#surroundings([...ids], nowMs);
    const touched = new Map<string, readonly string[]>();
    for (let start = 0; start < slos.length; start += CHUNK) {
      const some = slos.slice(start, start + CHUNK);
      const changed = await this.#evaluateSome(some, around, nowMs);
      for (const slo of some) {
        if (changed.has(slo.id)) touched.set(slo.id, connectionsOf(slo));
      }
    }
    for (const [id, connections] of await this.#end(ids, around, nowMs)) {
      touched.set(id, connections);
    }
    judge.keepOnly(ids);
    for (const id of this.#versions.keys()) {
      if (!ids.has(id)) this.#versions.delete(id);
    }
    this.#signal(touched);
  }

  async #surroundings(ids: string[], nowMs: number): Promise<Surroundings> {
    const { alertLog, register, states } = this.#options;
    const [corrections, silences, open, shown] = await Promise.all([
      alertLog.corrections(ids, {
        from: new Date(nowMs - STORY_MS).toISOString(),
        to: new Date(nowMs).toISOString(),
      }),
      alertLog.silences(ids),
      register.open(),
      states.shown(),
    ]);
    const bySlo = new Map<string, OpenAlert[]>();
    for (const alert of open) {
      bySlo.set(alert.sloId, [...(bySlo.get(alert.sloId) ?? []), alert]);
    }
    return { corrections, silences, open: bySlo, shown };
  }

  /** Returns the SLOs whose status or alerts changed. */
  async #evaluateSome(
    slos: readonly StoredSlo[],
    around: Surroundings,
    nowMs: number,
  ): Promise<ReadonlySet<string>> {
    const { judge, register, states, steps } = this.#options;
    const stories = await this.#stories(slos, around);
    const judged = await judge.judge(
      stories.map(story => ({
        story,
        open: around.open.get(story.slo.id) ?? [],
        shown: around.shown.get(story.slo.id) ?? new Map(),
        silences: around.silences.get(story.slo.id) ?? [],
      })),
      nowMs,
    );
    const changes = judged.flatMap(each => this.#changesOf(each, around));
    const alerted = await register.apply(changes, nowMs);
    await steps.update(judged, nowMs);
    const changed = await states.exchange(
      judged.map(({ summary }) => summary),
      countsOf(judged),
    );
    return new Set([...alerted, ...changed]);
  }

  async #stories(
    slos: readonly StoredSlo[],
    { corrections }: Surroundings,
  ): Promise<SloStory[]> {
    // A first version has no past that was judged otherwise.
    const unknown = slos.filter(
      ({ id, version }) =>
        version > 1 && this.#versions.get(id)?.version !== version,
    );
    if (unknown.length) {
      const read = await this.#options.book.versionsOf(
        unknown.map(({ id }) => id),
      );
      for (const { id, version } of unknown) {
        this.#versions.set(id, { version, versions: read.get(id) ?? [] });
      }
    }
    return slos.map(slo => ({
      slo,
      versions:
        slo.version > 1 ? this.#versions.get(slo.id)?.versions ?? [] : [],
      corrections: corrections.get(slo.id) ?? [],
    }));
  }

  #changesOf(judged: Judged, around: Surroundings): AlertChange[] {
    const { slo, summary, conditions, observed } = judged;
    if (!conditions) return [];
    return planAlertChanges({
      slo,
      conditions,
      observed,
      open: around.open.get(slo.id) ?? [],
      sentence: summary.sentence,
    });
  }

  /** Ends what is left of SLOs that are gone; returns the connections of each. */
  async #end(
    ids: ReadonlySet<string>,
    { open, shown }: Surroundings,
    nowMs: number,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const { register, states, steps } = this.#options;
    const goneStates = [...shown.keys()].filter(id => !ids.has(id));
    const gone = [...open].filter(([id]) => !ids.has(id));
    const known = await states.get(goneStates);
    await register.apply(
      gone.flatMap(([, alerts]) => endRemoved(alerts)),
      nowMs,
    );
    await states.remove(goneStates);
    await steps.remove(goneStates);
    return new Map([
      ...gone.map(([id, [alert]]) => [id, alert.subject.connections] as const),
      ...[...known].map(([id, { connections }]) => [id, connections] as const),
    ]);
  }

  #signal(touched: ReadonlyMap<string, readonly string[]>) {
    const { notifier, logger } = this.#options;
    for (const connection of new Set([...touched.values()].flat())) {
      try {
        notifier.notify(connection, 'slos');
      } catch (error) {
        logger.warn('A change of SLOs was not signalled', toError(error));
      }
    }
  }
}
