import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { RunFilter } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunQuery } from '../permissions/runResource';
import { whereOwnedBy } from './targetOwners';

/** Narrows a query on `runbook_runs` to what a filter asks for. */
export function applyRunFilter(
  query: Knex.QueryBuilder,
  filter: RunFilter,
): void {
  const equal: Record<string, string | undefined> = {
    runbook_id: filter.runbookId,
    started_by: filter.startedBy,
    entity_ref: filter.entityRef,
    target_system: filter.system,
    target_connection: filter.connection,
    target_name: filter.target,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) query.where(column, value);
  }
  if (filter.states?.length) query.whereIn('state', filter.states);
}

/** Narrows a query on `runbook_runs` to what permission conditions allow. */
export function applyRunCriteria(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<RunQuery>,
): void {
  if ('allOf' in criteria) {
    for (const each of criteria.allOf) {
      query.andWhere(inner => applyRunCriteria(inner, each));
    }
  } else if ('anyOf' in criteria) {
    query.andWhere(all => {
      for (const each of criteria.anyOf) {
        all.orWhere(inner => applyRunCriteria(inner, each));
      }
    });
  } else if ('not' in criteria) {
    query.whereNot(inner => applyRunCriteria(inner, criteria.not));
  } else {
    applyRunQuery(query, criteria);
  }
}

function applyRunQuery(query: Knex.QueryBuilder, wanted: RunQuery): void {
  // Stands for a rule without parameters: an empty group is not SQL.
  query.whereNotNull('id');
  if (wanted.runbookIds) query.whereIn('runbook_id', wanted.runbookIds);
  if (wanted.risks) query.whereIn('risk', wanted.risks);
  if (wanted.system !== undefined) query.where('target_system', wanted.system);
  if (wanted.connections) {
    query.whereIn('target_connection', wanted.connections);
  }
  if (wanted.owners) whereOwnedBy(query, wanted.owners);
  if (wanted.environments) {
    query.whereIn('target_environment', wanted.environments);
  }
}
