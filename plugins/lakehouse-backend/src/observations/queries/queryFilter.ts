import type { QueryFilter } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { epochMs } from '../storable';
import { FIRST_FINAL_RANK, ranksOfState } from './stateRank';

const VANISHED = `(state_rank < ${FIRST_FINAL_RANK} AND vanished_at IS NOT NULL AND vanished_at > COALESCE(alive_at, 0))`;
export const ALIVE = `(state_rank < ${FIRST_FINAL_RANK} AND NOT ${VANISHED})`;

/**
 * Narrows `queries` to a connection and a filter. Our own queries stay out
 * unless their source is asked for by name.
 */
export function filterQueries<T extends Knex.QueryBuilder>(
  query: T,
  options: { connection: string; ownSource?: string; filter: QueryFilter },
): T {
  const { connection, ownSource, filter } = options;
  inTime(query, connection, filter);

  if (filter.source !== undefined) {
    query.where('source', filter.source);
  } else if (ownSource !== undefined) {
    query.where(q => q.whereNull('source').orWhere('source', '<>', ownSource));
  }
  if (filter.user !== undefined) query.where('user_name', filter.user);
  if (filter.clientTag !== undefined) {
    contains(query, ['client_tags'], JSON.stringify(filter.clientTag));
  }
  if (filter.resourceGroup !== undefined) {
    atOrBelowGroup(query, filter.resourceGroup);
  }
  if (filter.error !== undefined) {
    const { error } = filter;
    query.where(q => q.where('error_name', error).orWhere('error_type', error));
  }
  if (filter.minWallMs !== undefined) {
    query.where('wall_ms', '>=', filter.minWallMs);
  }
  if (filter.maxWallMs !== undefined) {
    query.where('wall_ms', '<=', filter.maxWallMs);
  }
  if (filter.text) {
    contains(query, ['query_text', 'queries.query_id'], filter.text);
  }
  if (filter.table !== undefined) {
    const { table } = filter;
    query.whereIn('queries.query_id', sub =>
      sub
        .select('query_tables.query_id')
        .from('query_tables')
        .where('query_tables.connection', connection)
        .where('query_tables.table_name', table),
    );
  }
  inStates(query, filter);
  return query;
}

function inStates(query: Knex.QueryBuilder, { states }: QueryFilter) {
  if (!states?.length) return;
  query.where(q => {
    for (const state of states) {
      q.orWhere(one => {
        one.whereIn('state_rank', ranksOfState(state));
        one.whereRaw(`NOT ${VANISHED}`);
      });
      if (state === 'UNKNOWN') q.orWhereRaw(VANISHED);
    }
  });
}

/**
 * Of the connection and created in [from, to), or created before and not ended
 * at `from`. Each way to be inside names the connection, so that each can use
 * its own index.
 */
function inTime(
  query: Knex.QueryBuilder,
  connection: string,
  filter: QueryFilter,
) {
  const from = epochMs(filter.from);
  const to = epochMs(filter.to);
  if (to !== undefined) query.where('created_at', '<', to);
  if (from === undefined) {
    query.where('queries.connection', connection);
    return;
  }
  const ofConnection = { 'queries.connection': connection };
  query.where(q =>
    q
      .where(one => one.where(ofConnection).where('created_at', '>=', from))
      .orWhere(one => one.where(ofConnection).where('ended_at', '>', from))
      .orWhere(one =>
        one.where(ofConnection).whereNull('ended_at').whereRaw(ALIVE),
      ),
  );
}

/** A group means its subgroups too. The column holds the path as a JSON array. */
function atOrBelowGroup(query: Knex.QueryBuilder, path: string) {
  const asPath = `replace(replace(replace(resource_group, '","', '.'), '["', ''), '"]', '')`;
  query.whereRaw(`(${asPath} = ? OR ${asPath} LIKE ? ESCAPE '!')`, [
    path,
    `${likeText(path)}.%`,
  ]);
}

function contains(
  query: Knex.QueryBuilder,
  columns: readonly string[],
  part: string,
) {
  query.where(q => {
    for (const column of columns) {
      q.orWhereRaw(`lower(${column}) LIKE ? ESCAPE '!'`, [
        `%${likeText(part.toLowerCase())}%`,
      ]);
    }
  });
}

function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
