import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import type { StampedesConfig } from './RedisCollectorsConfig';
import { continueStampede } from './stampedes/continueStampede';
import { describeStampede } from './stampedes/describeStampede';
import { findDuplicateMisses } from './stampedes/findDuplicateMisses';
import { findExpirySpikes } from './stampedes/findExpirySpikes';
import type { FoundStampede } from './stampedes/FoundStampede';
import { isRiseOfQueries } from './stampedes/isRiseOfQueries';
import { readTrinoCost } from './stampedes/readTrinoCost';

/** How far back reports and looks are read: reports may come late. */
const LOOK_BACK_MS = 15 * 60_000;
const SAMPLES_MAX = 600;
/** Queries that a stampede caused may begin just after it was seen last. */
const AFTERWARDS_MS = 10_000;

export interface StampedeCollectorOptions {
  connection: RedisConnection;
  store: Pick<ObservationStore, 'caches' | 'queryPage'>;
  config: StampedesConfig;
  now: () => number;
}

/** Finds stampedes in what applications and servers have told, and what they cost in Trino. */
export class StampedeCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'cache';
  readonly everyMs: number;
  readonly #options: StampedeCollectorOptions;
  /** What was told of each, so that nothing is told twice. */
  #told = new Map<string, string>();

  static create(options: StampedeCollectorOptions): StampedeCollector {
    return new StampedeCollector(options);
  }

  private constructor(options: StampedeCollectorOptions) {
    this.#options = options;
    this.connection = options.connection.id;
    this.id = `redis-stampedes:${this.connection}`;
    this.everyMs = options.config.everyMs;
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const { store, config, now } = this.#options;
    const nowMs = now();
    const range = {
      from: new Date(nowMs - LOOK_BACK_MS).toISOString(),
      to: new Date(nowMs + LOOK_BACK_MS).toISOString(),
    };
    const [told, samples, known] = await Promise.all([
      store.caches.duplicateMisses(this.connection, range),
      store.caches.samples(this.connection, { ...range, limit: SAMPLES_MAX }),
      store.caches.stampedes(this.connection, range),
    ]);
    const found = [
      ...findDuplicateMisses(told, { threshold: config.concurrentMisses }),
      ...findExpirySpikes(samples),
    ];
    const current = new Map<string, string>();
    const fresh: Stampede[] = [];
    for (const one of found) {
      if (signal.aborted) return;
      const stampede = await this.#toStampede(one, known, nowMs);
      if (!stampede) continue;
      const content = JSON.stringify(stampede);
      current.set(stampede.id, content);
      if (this.#told.get(stampede.id) !== content) fresh.push(stampede);
    }
    this.#told = current;
    yield [...fresh, ...this.#forgotten(known, current, nowMs)].flatMap(
      (stampede): Observation[] => [
        { type: 'StampedeObserved', stampede },
        { type: 'TimelineObserved', event: describeStampede(stampede) },
      ],
    );
  }

  /** Nothing when what was found does not make a stampede by itself. */
  async #toStampede(
    found: FoundStampede,
    known: readonly Stampede[],
    nowMs: number,
  ): Promise<Stampede | undefined> {
    const { connection, store } = this.#options;
    const stampede = continueStampede(found, {
      connection: this.connection,
      known,
      nowMs,
    });
    const trino =
      connection.trinoSource &&
      (await readTrinoCost(store, {
        ...connection.trinoSource,
        fromMs: Date.parse(stampede.startedAt),
        toMs: found.lastSeenMs + AFTERWARDS_MS,
      }));
    // Keys that expire and misses after it are what a cache does; it is a stampede
    // when what is behind the cache feels it.
    if (
      found.evidence === 'expiry-spike' &&
      !(trino && isRiseOfQueries(trino))
    ) {
      return undefined;
    }
    return { ...stampede, trino };
  }

  /** Those that stand open and are not seen any more have ended unseen: the backend was away. */
  #forgotten(
    known: readonly Stampede[],
    current: ReadonlyMap<string, string>,
    nowMs: number,
  ): Stampede[] {
    return known
      .filter(
        one =>
          one.endedAt === undefined &&
          !current.has(one.id) &&
          Date.parse(one.startedAt) < nowMs - LOOK_BACK_MS,
      )
      .map(one => ({
        ...one,
        endedAt: new Date(nowMs - LOOK_BACK_MS).toISOString(),
      }));
  }
}
