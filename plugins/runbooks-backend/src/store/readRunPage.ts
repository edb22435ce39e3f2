import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { RunFilter, RunPage } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunQuery } from '../permissions/runResource';
import { countFromRow, runFromRow } from './rows';
import { applyRunCriteria, applyRunFilter } from './runFilterQuery';

const DEFAULT_PAGE = 25;

/**
 * Runs that a filter asks for, newest first.
 *
 * @param visible - what of them the caller may see; all when absent
 */
export async function readRunPage(
  db: Knex,
  filter: RunFilter,
  visible?: PermissionCriteria<RunQuery>,
): Promise<RunPage> {
  const limit = filter.limit ?? DEFAULT_PAGE;
  const offset = filter.offset ?? 0;
  const query = db('runbook_runs');
  applyRunFilter(query, filter);
  if (visible) query.andWhere(inner => applyRunCriteria(inner, visible));
  const total = countFromRow(await query.clone().count({ count: '*' }).first());
  const rows: unknown[] = await query
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .offset(offset);
  return { items: rows.map(row => runFromRow(row).run), total, limit, offset };
}
