import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapFromError } from './gaps';
import { GapTracker } from './GapTracker';
import { NodeScan } from './keyspace/NodeScan';
import { createPrefixesOf, type PrefixesOf } from './keyspace/prefixOf';
import { summarizePass } from './keyspace/summarizePass';
import type { KeyspaceConfig } from './RedisCollectorsConfig';

const SUBJECT = 'cache.keyspace';
/** Prefixes that applications told of late are told apart here as well. */
const TELEMETRY_MS = 3_600_000;

export interface KeyspaceCollectorOptions {
  connection: RedisConnection;
  store: Pick<ObservationStore, 'gaps' | 'caches'>;
  config: KeyspaceConfig;
  now: () => number;
}

/**
 * Looks at the keys of a Redis by SCAN, a part at a round, and goes on at the next
 * round where it ended. What it has seen so far is told scaled up until a pass is
 * complete.
 */
export class KeyspaceCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'cache';
  readonly everyMs: number;
  readonly #options: KeyspaceCollectorOptions;
  readonly #gaps: GapTracker;
  #pass: { fingerprint: string; scans: NodeScan[] } | undefined;

  static create(options: KeyspaceCollectorOptions): KeyspaceCollector {
    return new KeyspaceCollector(options);
  }

  private constructor(options: KeyspaceCollectorOptions) {
    this.#options = options;
    this.connection = options.connection.id;
    this.id = `redis-keyspace:${this.connection}`;
    this.everyMs = options.config.everyMs;
    this.#gaps = GapTracker.create({
      connection: this.connection,
      store: options.store,
      isOwn: subject => subject === SUBJECT,
    });
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const at = new Date(this.#options.now()).toISOString();
    try {
      const scans = await this.#scans(signal);
      const wanted = await this.#wantedPrefixes();
      const prefixesOf = createPrefixesOf({
        known: wanted,
        separators: this.#options.connection.separators,
      });
      await Promise.all(scans.map(scan => scan.countKeys(signal)));
      await this.#scan(scans, prefixesOf, signal);
      if (signal.aborted) return;
      if (scans.every(scan => scan.complete)) this.#pass = undefined;
      const memoryError = scans.find(scan => scan.memoryError)?.memoryError;
      yield [
        {
          type: 'CacheKeyspaceScanned',
          connection: this.connection,
          prefixes: summarizePass(
            scans.map(scan => scan.pass),
            { scannedAt: new Date(this.#options.now()).toISOString(), wanted },
          ),
        },
        ...(await this.#gaps.settle(
          memoryError === undefined
            ? []
            : [this.#gap(memoryError, at, 'sizes are left out')],
          at,
        )),
      ];
    } catch (error) {
      // A cursor says nothing to another process, nor to another node.
      this.#pass = undefined;
      if (signal.aborted) return;
      yield this.#gaps.settle([this.#gap(error, at)], at);
    }
  }

  #gap(error: unknown, at: string, instead?: string) {
    return gapFromError({
      connection: this.connection,
      subject: SUBJECT,
      at,
      error,
      instead,
    });
  }

  /** Those of the pass that goes on, or new ones. */
  async #scans(signal: AbortSignal): Promise<NodeScan[]> {
    const { connection, config } = this.#options;
    const { fingerprint, nodes } = await connection.topology({ signal });
    if (this.#pass?.fingerprint !== fingerprint) {
      const scans = nodes
        .filter(({ role }) => role === 'primary')
        .map(node =>
          NodeScan.create({
            connection,
            node,
            memoryOneIn: config.memoryOneIn,
          }),
        );
      this.#pass = { fingerprint, scans };
    }
    return this.#pass.scans;
  }

  async #wantedPrefixes(): Promise<ReadonlySet<string>> {
    const { connection, store, now } = this.#options;
    const told = await store.caches.prefixes(this.connection, {
      from: new Date(now() - TELEMETRY_MS).toISOString(),
      to: new Date(now()).toISOString(),
    });
    return new Set([
      ...connection.prefixes,
      ...told.filter(({ use }) => use).map(({ prefix }) => prefix),
    ]);
  }

  /** All primaries side by side, each at its own pace, within one budget. */
  async #scan(
    scans: readonly NodeScan[],
    prefixesOf: PrefixesOf,
    signal: AbortSignal,
  ) {
    const { timeBudgetMs, maxKeys } = this.#options.config;
    const endMs = performance.now() + timeBudgetMs;
    const keysOfEach = Math.ceil(maxKeys / scans.length);
    await Promise.all(
      scans.map(async scan => {
        for (
          let keys = 0;
          !scan.complete &&
          keys < keysOfEach &&
          performance.now() < endMs &&
          !signal.aborted;

        ) {
          const step = await scan.step(prefixesOf, signal);
          keys += step.keys;
          await sleep(step.pauseMs);
        }
      }),
    );
  }
}
