import type {
  Facet,
  SloListRequest,
  SloStatus,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sqlDialect } from '../../observations/dialect';
import type { DbNumber } from '../../observations/storable';
import type { ShownState } from '../alerts/judgeConditions';
import type { KeptEvaluation, SloStates } from './SloStates';
import {
  evaluationOf,
  searchText,
  shownOf,
  STATE_COLUMNS,
  stateRow,
  summaryOf,
} from './stateRow';
import { statusOfRank, statusRank } from './statusRank';
import type { WindowCounts } from './WindowCounts';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** Summaries of one statement: some 400 KB of JSON. */
const BATCH = 100;
const MAX_FACETS = 100;
const WORST_FIRST = ['rank', 'remaining_order', 'slo_id'] as const;

/** {@link SloStates} on SQLite and PostgreSQL: columns for what lists go by, the rest as JSON. */
export class DatabaseSloStates implements SloStates {
  readonly #db: Knex;

  /** Of a database whose schema is up to date. */
  static create(options: { db: Knex }): DatabaseSloStates {
    return new DatabaseSloStates(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async list(request: SloListRequest & { connections: readonly string[] }) {
    const groups: GroupRow[] = await this.#matching(request)
      .groupBy('connections', 'rank')
      .select('connections', 'rank')
      .count({ slos: '*' })
      .sum({ firing: 'firing' });
    const { visible, hidden } = visibleOf(groups, request);
    const rank = request.status && statusRank(request.status);
    const counts = emptyCounts();
    let total = 0;
    let firing = 0;
    for (const group of visible) {
      counts[statusOfRank(Number(group.rank))] += Number(group.slos);
      firing += Number(group.firing);
      if (rank === undefined || rank === Number(group.rank)) {
        total += Number(group.slos);
      }
    }
    return {
      items: total ? await this.#page(request, visible) : [],
      total,
      counts,
      firing,
      facets: {
        owners: await this.#facets('owner', request),
        systems: await this.#facets('system', request),
      },
      hidden,
    };
  }

  async get(ids: readonly string[]): Promise<ReadonlyMap<string, SloSummary>> {
    const { textsOfJson } = sqlDialect(this.#db);
    const rows: DocumentRow[] = await this.#db('slo_states')
      .whereRaw(`slo_id IN (${textsOfJson})`, [JSON.stringify(ids)])
      .select('slo_id', 'content', 'evaluated_at');
    return new Map(rows.map(row => [row.slo_id, summaryOf(row)]));
  }

  async evaluations(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, KeptEvaluation>> {
    const { textsOfJson } = sqlDialect(this.#db);
    const rows: EvaluationRow[] = await this.#db('slo_states')
      .whereRaw(`slo_id IN (${textsOfJson})`, [JSON.stringify(ids)])
      .select('slo_id', 'content', 'evaluated_at', 'window_counts');
    return new Map(rows.map(row => [row.slo_id, evaluationOf(row)]));
  }

  async put(
    summaries: readonly SloSummary[],
    counts?: ReadonlyMap<string, WindowCounts>,
  ): Promise<void> {
    await this.exchange(summaries, counts);
  }

  /** As `put`, and tells which SLOs' status, data or alerts are not what they were. */
  async exchange(
    summaries: readonly SloSummary[],
    counts: ReadonlyMap<string, WindowCounts> = new Map(),
  ): Promise<string[]> {
    const changed: string[] = [];
    const known = await this.#heads();
    for (let start = 0; start < summaries.length; start += BATCH) {
      const rows = summaries
        .slice(start, start + BATCH)
        .map(summary => stateRow(summary, counts.get(summary.id)));
      changed.push(
        ...rows
          .filter(row => known.get(row.slo_id)?.alert_key !== row.alert_key)
          .map(row => row.slo_id),
      );
      await this.#write(rows, known);
    }
    return changed;
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (!ids.length) return;
    const { textsOfJson } = sqlDialect(this.#db);
    await this.#db('slo_states')
      .whereRaw(`slo_id IN (${textsOfJson})`, [JSON.stringify(ids)])
      .delete();
  }

  /** How the conditions of each SLO that has a state are shown. */
  async shown(): Promise<ReadonlyMap<string, ReadonlyMap<string, ShownState>>> {
    const heads = await this.#heads();
    return new Map(
      [...heads].map(([id, { alert_key: key }]) => [id, shownOf(key)]),
    );
  }

  async #heads(): Promise<ReadonlyMap<string, HeadRow>> {
    const rows: HeadRow[] = await this.#db('slo_states').select(
      'slo_id',
      'alert_key',
      'content_hash',
    );
    return new Map(rows.map(row => [row.slo_id, row]));
  }

  async #write(
    rows: ReadonlyArray<ReturnType<typeof stateRow>>,
    known: ReadonlyMap<string, HeadRow>,
  ): Promise<void> {
    const { rowsOfJson, textsOfJson } = sqlDialect(this.#db);
    const isSame = (row: HeadRow) =>
      known.get(row.slo_id)?.content_hash === row.content_hash;
    const changed = rows.filter(row => !isSame(row));
    const same = new Map<number, string[]>();
    for (const row of rows.filter(isSame)) {
      same.set(row.evaluated_at, [
        ...(same.get(row.evaluated_at) ?? []),
        row.slo_id,
      ]);
    }
    const names = STATE_COLUMNS.map(([name]) => name);
    const { select, from } = rowsOfJson(STATE_COLUMNS);
    if (changed.length) {
      // "WHERE true" keeps SQLite from reading ON CONFLICT as a join's ON.
      await this.#db.raw(
        `INSERT INTO slo_states (${names.join(', ')}) ` +
          `SELECT ${select} FROM ${from} WHERE true ` +
          `ON CONFLICT (slo_id) DO UPDATE SET ${names
            .map(name => `${name} = excluded.${name}`)
            .join(', ')}`,
        [JSON.stringify(sorted(changed))],
      );
    }
    for (const [evaluatedAt, ids] of same) {
      await this.#db('slo_states')
        .whereRaw(`slo_id IN (${textsOfJson})`, [JSON.stringify(ids)])
        .update({ evaluated_at: evaluatedAt });
    }
  }

  #page(
    request: SloListRequest,
    visible: readonly GroupRow[],
  ): Promise<SloSummary[]> {
    const { textsOfJson } = sqlDialect(this.#db);
    const query = this.#matching(request).whereRaw(
      `connections IN (${textsOfJson})`,
      [JSON.stringify(visible.map(({ connections }) => connections))],
    );
    if (request.status) query.where('rank', statusRank(request.status));
    const { groupBy } = request;
    if (groupBy) {
      for (const key of WORST_FIRST) {
        query.orderByRaw(
          `FIRST_VALUE(${key}) OVER (PARTITION BY ?? ORDER BY ${WORST_FIRST.join(
            ', ',
          )})`,
          [groupBy],
        );
      }
    }
    return query
      .orderBy([...WORST_FIRST])
      .limit(Math.min(MAX_LIMIT, request.limit ?? DEFAULT_LIMIT))
      .offset(request.offset ?? 0)
      .select('content', 'evaluated_at')
      .then((rows: DocumentRow[]) => rows.map(summaryOf));
  }

  /** Of all that match but for the field itself, so that another value of it can be chosen. */
  async #facets(
    field: 'owner' | 'system',
    request: SloListRequest & { connections: readonly string[] },
  ): Promise<Facet[]> {
    const query = this.#matching({ ...request, [field]: undefined });
    if (request.status) query.where('rank', statusRank(request.status));
    const rows: FacetRow[] = await query
      .whereNotNull(field)
      .groupBy('connections', field)
      .select('connections', { value: field })
      .count({ slos: '*' });
    const counts = new Map<string, number>();
    for (const { value, slos } of visibleOf(rows, request).visible) {
      counts.set(value, (counts.get(value) ?? 0) + Number(slos));
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_FACETS);
  }

  #matching(request: SloListRequest): Knex.QueryBuilder {
    const query = this.#db('slo_states');
    if (request.owner !== undefined) query.where('owner', request.owner);
    if (request.system !== undefined) query.where('system', request.system);
    if (request.entityRef !== undefined) {
      query.where('entity_ref', request.entityRef);
    }
    if (request.search) {
      query.whereRaw(`search_text LIKE ? ESCAPE '!'`, [
        `%${searchText(request.search).replace(/[!%_]/g, '!$&')}%`,
      ]);
    }
    return query;
  }
}

interface GroupRow {
  connections: string;
  rank: DbNumber;
  slos: DbNumber;
  firing: DbNumber;
}

interface FacetRow {
  connections: string;
  value: string;
  slos: DbNumber;
}

interface DocumentRow {
  slo_id: string;
  content: string;
  evaluated_at: DbNumber;
}

interface EvaluationRow extends DocumentRow {
  window_counts: string | null;
}

interface HeadRow {
  slo_id: string;
  alert_key: string;
  content_hash: string;
}

/** SLOs of few connections each: there are far fewer sets of connections than SLOs. */
function visibleOf<G extends { connections: string; slos: DbNumber }>(
  groups: readonly G[],
  request: { connection?: string; connections: readonly string[] },
): { visible: G[]; hidden: number } {
  const allowed = new Set(request.connections);
  const visible: G[] = [];
  let hidden = 0;
  for (const group of groups) {
    const needed: string[] = JSON.parse(group.connections);
    if (request.connection && !needed.includes(request.connection)) continue;
    if (needed.every(connection => allowed.has(connection))) {
      visible.push(group);
    } else hidden += Number(group.slos);
  }
  return { visible, hidden };
}

function emptyCounts(): Record<SloStatus, number> {
  return { breached: 0, 'at-risk': 0, unknown: 0, healthy: 0 };
}

/** In one order, so that two replicas can't wait for each other. */
function sorted<R extends { slo_id: string }>(rows: readonly R[]): R[] {
  return [...rows].sort((a, b) => (a.slo_id < b.slo_id ? -1 : 1));
}
