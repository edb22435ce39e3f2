import type {
  CacheSample,
  Gap,
  TimelineEvent,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  RedisConnection,
  RedisTopology,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapFromError } from './gaps';
import { GapTracker } from './GapTracker';
import { activityBetween, type CountedRound } from './server/activityBetween';
import { EvictionWatch } from './server/EvictionWatch';
import { eventsBetween, type NodesLook } from './server/eventsBetween';
import { LatencyReader } from './server/LatencyReader';
import { type NodeLook, readNodes } from './server/readNodes';
import { readSlowCommands } from './server/readSlowCommands';
import { sumFigures } from './server/sumFigures';
import { toCacheNode } from './server/toCacheNode';

export interface CacheCollectorOptions {
  connection: RedisConnection;
  store: Pick<ObservationStore, 'gaps'>;
  now: () => number;
}

/** Figures of the servers of one Redis: each part fails by itself, with its own Gap. */
export class CacheCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'cache';
  readonly #redis: RedisConnection;
  readonly #now: () => number;
  readonly #gaps: GapTracker;
  readonly #latency: LatencyReader;
  readonly #evictions: EvictionWatch;
  #counted: CountedRound | undefined;
  #nodes: NodesLook | undefined;

  static create(options: CacheCollectorOptions): CacheCollector {
    return new CacheCollector(options);
  }

  private constructor(options: CacheCollectorOptions) {
    this.#redis = options.connection;
    this.#now = options.now;
    this.connection = options.connection.id;
    this.id = `redis-cache:${this.connection}`;
    this.#latency = LatencyReader.create(options.connection);
    this.#evictions = EvictionWatch.create(this.connection);
    this.#gaps = GapTracker.create({
      connection: this.connection,
      store: options.store,
      isOwn: subject =>
        subject.startsWith('node:') ||
        ['cache', 'cache.latency', 'cache.slowlog', 'cache.config'].includes(
          subject,
        ),
    });
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const atMs = this.#now();
    const at = new Date(atMs).toISOString();
    let topology: RedisTopology;
    try {
      topology = await this.#redis.topology({ signal });
    } catch (error) {
      if (signal.aborted) return;
      yield this.#gaps.settle([this.#gap('cache', error, at)], at);
      return;
    }
    const looks = await readNodes(this.#redis, topology.nodes, { signal });
    const primaries = looks.filter(({ node }) => node.role === 'primary');
    const answering = primaries.filter(({ figures }) => figures);
    if (signal.aborted) return;
    if (!answering.length) {
      const gap = this.#gap('cache', primaries[0]?.error, at);
      yield this.#gaps.settle([gap], at);
      return;
    }
    const [slow, latency, config] = await Promise.all([
      this.#slowCommands(answering, at, signal),
      this.#latency.read(answering, { at, signal }),
      this.#configGap(answering[0], at, signal),
    ]);
    if (signal.aborted) return;

    const sample = this.#sample(primaries, atMs, latency.value);
    const gaps = [
      ...primaries.flatMap(({ node, error }) =>
        error === undefined ? [] : [this.#gap(`node:${node.id}`, error, at)],
      ),
      ...[slow.gap, latency.gap, config].filter(gap => gap !== undefined),
    ];
    yield [
      {
        type: 'CacheSampled',
        sample,
        nodes: looks.map(look => toCacheNode(look, atMs)),
        slowCommands: slow.value,
      },
      ...this.#events(primaries, sample, atMs).map(
        (event): Observation => ({ type: 'TimelineObserved', event }),
      ),
      ...(await this.#gaps.settle(gaps, at)),
    ];
  }

  #gap(subject: Gap['subject'], error: unknown, at: string): Gap {
    return gapFromError({ connection: this.connection, subject, at, error });
  }

  #sample(
    primaries: readonly NodeLook[],
    atMs: number,
    latency: CacheSample['latency'],
  ): CacheSample {
    const counted: CountedRound = {
      atMs,
      nodes: primaries.map(({ node, figures }) => ({
        id: node.id,
        runId: figures?.runId,
        counters: figures?.counters,
      })),
    };
    const activity = activityBetween(this.#counted, counted);
    this.#counted = counted;
    return {
      connection: this.connection,
      sampledAt: new Date(atMs).toISOString(),
      ...sumFigures(primaries.map(({ figures }) => figures)),
      ...(activity && { activity }),
      ...(latency && { latency }),
    };
  }

  #events(
    primaries: readonly NodeLook[],
    sample: CacheSample,
    atMs: number,
  ): TimelineEvent[] {
    const known = new Map(
      this.#nodes?.primaries.map(node => [node.id, node.runId]),
    );
    const now: NodesLook = {
      at: sample.sampledAt,
      primaries: primaries.map(({ node, figures }) => ({
        ...node,
        // One that does not answer now may have restarted when it does again.
        runId: figures?.runId ?? known.get(node.id),
      })),
    };
    const events = eventsBetween({
      connection: this.connection,
      mode: this.#redis.mode,
      before: this.#nodes,
      now,
    });
    this.#nodes = now;
    return [
      ...events,
      ...this.#evictions.observe({
        evictedKeys: sample.activity?.evictedKeys,
        atMs,
      }),
    ];
  }

  async #slowCommands(
    primaries: readonly NodeLook[],
    at: string,
    signal: AbortSignal,
  ) {
    try {
      return {
        value: await readSlowCommands(this.#redis, primaries, { signal }),
      };
    } catch (error) {
      return { gap: this.#gap('cache.slowlog', error, at) };
    }
  }

  async #configGap(
    { node }: NodeLook,
    at: string,
    signal: AbortSignal,
  ): Promise<Gap | undefined> {
    try {
      await this.#redis.configGet(node, ['slowlog-log-slower-than'], {
        signal,
      });
      return undefined;
    } catch (error) {
      return this.#gap('cache.config', error, at);
    }
  }
}
