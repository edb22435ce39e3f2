import type {
  CacheKeyspace,
  CacheNode,
  CachePrefix,
  CacheSample,
  SlowCommand,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type {
  CacheKeyspaceScanned,
  CacheSampled,
  StampedeObserved,
} from '../Observation';
import { Documents } from '../shared/Documents';
import { Occurrences } from '../shared/Occurrences';
import { SampleSeries } from '../shared/SampleSeries';
import type { CacheReads, TimeRange } from '../SystemReads';
import { epochMs } from '../storable';
import { CacheUseLog } from './CacheUseLog';

const PREFIXES_MAX = 200;
const SCANNED_PREFIXES_MAX = 2_000;
const STAMPEDES_MAX = 100;

interface ScannedPrefix {
  readonly prefix: string;
  readonly keyspace: CacheKeyspace;
}

/** The part of the store that keeps what caches, and the applications that use them, tell. */
export class CacheHistory implements CacheReads {
  readonly use: CacheUseLog;
  readonly #samples: SampleSeries<CacheSample>;
  readonly #nodes: Documents<readonly CacheNode[]>;
  readonly #slowCommands: Documents<readonly SlowCommand[]>;
  readonly #keyspaces: Documents<ScannedPrefix>;
  readonly #stampedes: Occurrences<Stampede>;

  constructor(db: Knex) {
    this.use = new CacheUseLog(db);
    this.#samples = new SampleSeries(db, 'cache');
    this.#nodes = new Documents(db, 'cache-nodes');
    this.#slowCommands = new Documents(db, 'cache-slow-commands');
    this.#keyspaces = new Documents(db, 'cache-keyspace');
    this.#stampedes = new Occurrences(db, 'stampede');
  }

  async recordSample(trx: Knex.Transaction, sampled: CacheSampled) {
    const { sample, nodes, slowCommands } = sampled;
    const { connection, sampledAt: at } = sample;
    await this.#samples.put(trx, connection, { at, content: sample });
    if (nodes) await this.#nodes.put(trx, connection, [{ at, content: nodes }]);
    if (slowCommands) {
      await this.#slowCommands.put(trx, connection, [
        { at, content: slowCommands },
      ]);
    }
  }

  async recordKeyspace(trx: Knex.Transaction, scanned: CacheKeyspaceScanned) {
    await this.#keyspaces.put(
      trx,
      scanned.connection,
      scanned.prefixes.map(({ prefix, keyspace }) => ({
        id: prefix,
        at: keyspace.scannedAt,
        content: { prefix, keyspace },
      })),
    );
  }

  /** What has ended beats what lasts; then what counted more. */
  async recordStampede(trx: Knex.Transaction, { stampede }: StampedeObserved) {
    await this.#stampedes.put(trx, stampede.connection, [
      {
        id: stampede.id,
        startedAt: stampede.startedAt,
        endedAt: stampede.endedAt,
        open: stampede.endedAt === undefined,
        revision: [
          epochMs(stampede.endedAt),
          stampede.duplicateMisses,
          stampede.expiredKeys,
          stampede.trino?.queries,
          stampede.trino?.wallMs,
        ],
        content: stampede,
      },
    ]);
  }

  async samples(connection: string, range: TimeRange & { limit: number }) {
    const samples = await this.#samples.list(connection, range);
    return samples.map(({ content }) => content);
  }

  async latest(connection: string) {
    const [sample, nodes, slowCommands] = await Promise.all([
      this.#samples.latest(connection),
      this.#nodes.get(connection),
      this.#slowCommands.get(connection),
    ]);
    return (
      sample && {
        sample: sample.content,
        nodes: nodes?.content,
        slowCommands: slowCommands?.content,
      }
    );
  }

  async prefixes(connection: string, range: TimeRange): Promise<CachePrefix[]> {
    const [used, scanned] = await Promise.all([
      this.use.prefixes(connection, range, PREFIXES_MAX),
      this.#keyspaces.list(connection, { limit: SCANNED_PREFIXES_MAX }),
    ]);
    const keyspaces = new Map(
      scanned.map(({ content }) => [content.prefix, content.keyspace]),
    );
    const told = used.map(({ prefix, series }) => ({
      connection,
      prefix,
      use: series.at(-1),
      useSeries: series,
      keyspace: keyspaces.get(prefix),
    }));
    for (const { prefix } of used) keyspaces.delete(prefix);
    const onlyScanned = [...keyspaces]
      .sort(([, a], [, b]) => b.keys - a.keys)
      .map(([prefix, keyspace]) => ({
        connection,
        prefix,
        useSeries: [],
        keyspace,
      }));
    return [...told, ...onlyScanned].slice(0, PREFIXES_MAX);
  }

  async duplicateMisses(connection: string, range: TimeRange) {
    return this.use.duplicateMisses(connection, range);
  }

  async stampedes(connection: string, range: TimeRange): Promise<Stampede[]> {
    return this.#stampedes.list({
      connections: [connection],
      range,
      limit: STAMPEDES_MAX,
    });
  }
}
