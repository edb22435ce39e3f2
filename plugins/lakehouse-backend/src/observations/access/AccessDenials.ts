import type {
  AccessDenialGroup,
  AccessDenialsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { AccessReads, TimeRange } from '../SystemReads';
import { DbNumber, epochMs } from '../storable';
import { isAccessControlOutage } from './isAccessControlOutage';
import { parseDenial } from './parseDenial';

/** Different messages of different users that are looked at, those told most often first. */
const MESSAGES_MAX = 5_000;
const GROUPS_MAX = 100;
const OUTAGES_MAX = 20;
const SOURCES_MAX = 10;

interface DeniedRow {
  user_name: string | null;
  error_message: string | null;
  source: string | null;
  count: DbNumber;
  first_at: DbNumber;
  last_at: DbNumber;
}

interface Group extends Omit<AccessDenialGroup, 'firstAt' | 'lastAt'> {
  count: number;
  firstMs: number;
  lastMs: number;
  sources: string[];
  lastMessage: string;
}

/** Reads what access control refused, and where it failed itself, out of the query log. */
export class AccessDenials implements AccessReads {
  readonly #db: Knex;
  readonly #ownSources: ReadonlyMap<string, string>;

  constructor(db: Knex, ownSources: ReadonlyMap<string, string>) {
    this.#db = db;
    this.#ownSources = ownSources;
  }

  async denials(
    connection: string,
    range: TimeRange,
  ): Promise<Pick<AccessDenialsView, 'groups' | 'total' | 'outages'>> {
    const [denied, [{ total }], failed] = await Promise.all([
      this.#messages(connection, range, 'PERMISSION_DENIED'),
      this.#failed(connection, range, 'PERMISSION_DENIED').count<
        Array<{ total: DbNumber }>
      >({ total: '*' }),
      this.#messages(connection, range, 'GENERIC_INTERNAL_ERROR'),
    ]);
    const groups = groupDenials(denied);
    const lastIds = await this.#lastQueryIds(connection, groups);
    return {
      total: Number(total),
      groups: groups.map(
        ({ firstMs, lastMs, lastMessage: _, ...group }, index) => ({
          ...group,
          firstAt: new Date(firstMs).toISOString(),
          lastAt: new Date(lastMs).toISOString(),
          lastQueryId: lastIds[index],
        }),
      ),
      outages: groupOutages(failed),
    };
  }

  #failed(connection: string, range: TimeRange, errorName: string) {
    const ownSource = this.#ownSources.get(connection);
    const query = this.#db('queries')
      .where({ connection, error_name: errorName })
      .where('created_at', '>=', epochMs(range.from) ?? 0)
      .where('created_at', '<', epochMs(range.to) ?? Date.now());
    if (ownSource !== undefined) {
      query.where(q =>
        q.whereNull('source').orWhere('source', '<>', ownSource),
      );
    }
    return query;
  }

  async #messages(
    connection: string,
    range: TimeRange,
    errorName: string,
  ): Promise<DeniedRow[]> {
    return this.#failed(connection, range, errorName)
      .groupBy('user_name', 'error_message', 'source')
      .orderBy('count', 'desc')
      .limit(MESSAGES_MAX)
      .select('user_name', 'error_message', 'source')
      .count({ count: '*' })
      .min({ first_at: 'created_at' })
      .max({ last_at: 'created_at' });
  }

  async #lastQueryIds(
    connection: string,
    groups: readonly Group[],
  ): Promise<string[]> {
    const rows: Array<{
      query_id: string;
      created_at: DbNumber;
      user_name: string | null;
      error_message: string | null;
    }> = await this.#db('queries')
      .where({ connection, error_name: 'PERMISSION_DENIED' })
      .whereIn('created_at', [...new Set(groups.map(({ lastMs }) => lastMs))])
      .orderBy('query_id')
      .select('query_id', 'created_at', 'user_name', 'error_message');
    const ids = new Map(
      rows.map(row => [
        idOf(Number(row.created_at), row.user_name, row.error_message),
        row.query_id,
      ]),
    );
    return groups.map(
      ({ lastMs, user, lastMessage }) =>
        ids.get(idOf(lastMs, user, lastMessage)) ?? '',
    );
  }
}

function idOf(ms: number, user: string | null, message: string | null): string {
  return JSON.stringify([ms, user ?? '', message ?? '']);
}

/** Most often first. */
function groupDenials(rows: readonly DeniedRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const user = row.user_name ?? '';
    const message = row.error_message ?? '';
    const refused = parseDenial(message);
    const key = JSON.stringify([
      user,
      refused.table,
      refused.action,
      refused.rule,
    ]);
    const group = groups.get(key) ?? {
      user,
      ...refused,
      count: 0,
      firstMs: Infinity,
      lastMs: -Infinity,
      lastQueryId: '',
      sources: [],
      lastMessage: message,
    };
    groups.set(key, group);
    group.count += Number(row.count);
    group.firstMs = Math.min(group.firstMs, Number(row.first_at));
    if (Number(row.last_at) > group.lastMs) {
      group.lastMs = Number(row.last_at);
      group.lastMessage = message;
    }
    if (
      row.source &&
      group.sources.length < SOURCES_MAX &&
      !group.sources.includes(row.source)
    ) {
      group.sources.push(row.source);
    }
  }
  return [...groups.values()]
    .sort((a, b) => b.count - a.count || b.lastMs - a.lastMs)
    .slice(0, GROUPS_MAX);
}

/** Newest first. */
function groupOutages(
  rows: readonly DeniedRow[],
): AccessDenialsView['outages'] {
  const outages = new Map<
    string,
    { count: number; firstMs: number; lastMs: number }
  >();
  for (const { error_message: message, ...row } of rows) {
    if (!message || !isAccessControlOutage(message)) continue;
    const known = outages.get(message);
    outages.set(message, {
      count: (known?.count ?? 0) + Number(row.count),
      firstMs: Math.min(known?.firstMs ?? Infinity, Number(row.first_at)),
      lastMs: Math.max(known?.lastMs ?? -Infinity, Number(row.last_at)),
    });
  }
  return [...outages]
    .sort(([, a], [, b]) => b.lastMs - a.lastMs)
    .slice(0, OUTAGES_MAX)
    .map(([message, { count, firstMs, lastMs }]) => ({
      message,
      count,
      firstAt: new Date(firstMs).toISOString(),
      lastAt: new Date(lastMs).toISOString(),
    }));
}
