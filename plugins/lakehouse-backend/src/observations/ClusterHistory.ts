import type {
  ClusterNode,
  ClusterSample,
  ResourceGroupState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { ClusterSampled } from './Observation';
import { DbNumber, epochMs } from './storable';

interface SampleRow {
  sample: string;
  resource_groups: string | null;
}

/** The part of the store that keeps looks at clusters. */
export class ClusterHistory {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async record(trx: Knex.Transaction, sampled: ClusterSampled) {
    const { sample, nodes, resourceGroups } = sampled;
    const at = epochMs(sample.sampledAt);
    if (at === undefined) return;
    await trx('cluster_samples')
      .insert({
        connection: sample.connection,
        sampled_at: at,
        sample: JSON.stringify(sample),
        resource_groups: resourceGroups
          ? JSON.stringify(
              resourceGroups.map(({ path, running, queued }) => ({
                path,
                running,
                queued,
              })),
            )
          : undefined,
      })
      .onConflict(['connection', 'sampled_at'])
      .ignore();
    for (const [part, content] of [
      ['nodes', nodes],
      ['resource-groups', resourceGroups],
    ] as const) {
      if (!content) continue;
      await trx.raw(
        'INSERT INTO cluster_parts (connection, part, observed_at, content) VALUES (?, ?, ?, ?) ' +
          'ON CONFLICT (connection, part) DO UPDATE SET observed_at = excluded.observed_at, content = excluded.content ' +
          'WHERE excluded.observed_at > cluster_parts.observed_at',
        [sample.connection, part, at, JSON.stringify(content)],
      );
    }
  }

  /** Oldest first: the newest sample of each of `limit` equal spans of the range. */
  async samples(
    connection: string,
    range: { from: string; to: string; limit: number },
  ) {
    const from = epochMs(range.from) ?? 0;
    const to = epochMs(range.to) ?? Date.now();
    const spanMs = Math.max(1, Math.ceil((to - from + 1) / range.limit));
    const newestOfSpans = this.#db('cluster_samples')
      .where('connection', connection)
      .whereBetween('sampled_at', [from, to])
      // Written as numbers: PostgreSQL would group by two different parameters.
      .groupByRaw(`(sampled_at - ${from}) / ${spanMs}`)
      .max('sampled_at');
    const rows: SampleRow[] = await this.#db('cluster_samples')
      .where('connection', connection)
      .whereIn('sampled_at', newestOfSpans)
      .orderBy('sampled_at')
      .select('sample', 'resource_groups');
    return rows.map(row => {
      const sample: ClusterSample = JSON.parse(row.sample);
      const groups: Array<{ path: string; running: number; queued: number }> =
        row.resource_groups ? JSON.parse(row.resource_groups) : [];
      return { sample, groups };
    });
  }

  async latest(connection: string) {
    const row = await this.#db('cluster_samples')
      .where('connection', connection)
      .orderBy('sampled_at', 'desc')
      .first<SampleRow | undefined>('sample');
    if (!row) return undefined;
    const parts: Array<{ part: string; content: string }> = await this.#db(
      'cluster_parts',
    )
      .where('connection', connection)
      .select('part', 'content');
    const contentOf = (name: string) =>
      parts.find(({ part }) => part === name)?.content;
    const sample: ClusterSample = JSON.parse(row.sample);
    const nodesJson = contentOf('nodes');
    const groupsJson = contentOf('resource-groups');
    const nodes: ClusterNode[] | undefined = nodesJson
      ? JSON.parse(nodesJson)
      : undefined;
    const resourceGroups: ResourceGroupState[] | undefined = groupsJson
      ? JSON.parse(groupsJson)
      : undefined;
    return { sample, nodes, resourceGroups };
  }

  /** Deletes at most `limit` samples taken before. */
  async prune(before: number, limit: number): Promise<number> {
    const old: Array<{ connection: string; sampled_at: DbNumber }> =
      await this.#db('cluster_samples')
        .where('sampled_at', '<', before)
        .orderBy('sampled_at')
        .limit(limit)
        .select('connection', 'sampled_at');
    const last = old.at(-1);
    if (!last) return 0;
    return this.#db('cluster_samples')
      .whereIn('connection', [
        ...new Set(old.map(({ connection }) => connection)),
      ])
      .where('sampled_at', '<=', last.sampled_at)
      .delete();
  }
}
