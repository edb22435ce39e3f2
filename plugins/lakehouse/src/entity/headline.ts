import type {
  ClusterView,
  HealthStatus,
  QueryStats,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatClock,
  formatCount,
  formatNumberOf,
  formatShare,
} from '../components/format';
import { stalenessOf } from '../components/states';
import { worstHealth } from '../components/status';
import { TableCounts, tableReason } from '../tables';
import { kindAndName } from './kindAndName';
import type { LakehouseViewName } from './scopeViews';

/**
 * Shares of ended queries that failed from which it is worth a look, or worth
 * getting up. Failures by a user's own mistake are among them, so that a few
 * are ordinary.
 */
export const FAILED_SHARE = { atRisk: 0.05, breached: 0.2 };

/** A clause of the headline; `link` tells where its reason is. */
export interface HeadlineClause {
  readonly status: HealthStatus;
  readonly text: string;
  readonly link?: {
    readonly view: LakehouseViewName;
    readonly filters: Readonly<Record<string, string>>;
  };
  /** In place of `link`: another tab of the entity. */
  readonly path?: string;
}

/** What is going on, in one sentence. */
export interface Headline {
  readonly status: HealthStatus;
  readonly clauses: readonly HeadlineClause[];
}

/** Puts what is known into one sentence, worst first. */
export function headline(options: {
  /** Whose queries: "on analytics", "of personal-api". */
  where: string;
  /** "in the last 1 h" */
  when: string;
  stats?: QueryStats;
  cluster?: ClusterView;
  tables?: TableCounts;
  /** The one table that it is about. */
  table?: TableHealth;
  /** What other systems have to say. */
  others?: readonly HeadlineClause[];
  /** Tells whether the cluster was looked at lately; taken for granted when absent. */
  now?: Date;
}): Headline {
  const { cluster, tables, table, now } = options;
  const stale = cluster && now && stalenessOf(cluster, now);
  const clauses = [
    table && tableClause(table),
    // What was so then need not be so now.
    ...(stale
      ? [lastObservedClause(cluster, stale.asOf, now)]
      : [
          cluster && nodesClause(cluster),
          cluster && memoryClause(cluster),
          queriesClause(options),
        ]),
    tables && tablesClause(tables),
    ...(options.others ?? []),
  ].flatMap(clause => clause ?? []);
  return {
    status:
      clauses.length > 0
        ? worstHealth(clauses.map(clause => clause.status))
        : 'unknown',
    clauses,
  };
}

function lastObservedClause(
  cluster: ClusterView,
  asOf: string,
  now: Date,
): HeadlineClause {
  return {
    status: 'unknown',
    text: `${kindAndName(
      'cluster',
      cluster.connection,
    )} last observed ${formatClock(asOf, now)}`,
    link: { view: 'cluster', filters: {} },
  };
}

function queriesClause(options: {
  where: string;
  when: string;
  stats?: QueryStats;
  cluster?: ClusterView;
}): HeadlineClause | undefined {
  const { where, when, stats } = options;
  if (!stats) return undefined;
  const { ended, failed, running, queued } = stats.overall;
  if (ended + running + queued === 0) {
    return {
      // Nothing ran: that tells nothing, unless the cluster itself answers.
      status: options.cluster ? 'healthy' : 'unknown',
      text: `no queries ${where} ${when}`,
    };
  }
  const share = ended > 0 ? failed / ended : 0;
  if (share < FAILED_SHARE.atRisk) {
    return { status: 'healthy', text: `queries ${where} are healthy` };
  }
  return {
    status: share < FAILED_SHARE.breached ? 'at-risk' : 'breached',
    text: `${formatCount(failed)} of ${formatNumberOf(
      ended,
      'query',
      'queries',
    )} ${where} failed ${when} (${formatShare(share)})`,
    link: { view: 'queries', filters: { state: 'FAILED' } },
  };
}

function tableClause(table: TableHealth): HeadlineClause {
  const called = kindAndName('table', table.ref.table);
  const reason = tableReason(table).replace(/\.$/, '');
  return {
    status: table.status,
    text:
      table.status === 'healthy'
        ? `${called} is healthy`
        : `${called}: ${reason}`,
  };
}

function memoryClause(cluster: ClusterView): HeadlineClause | undefined {
  const blocked = cluster.latest?.memory?.blockedNodes ?? 0;
  if (blocked === 0) return undefined;
  return {
    status: 'at-risk',
    text: `${formatNumberOf(blocked, 'node')} of ${
      cluster.connection
    } blocked for lack of memory`,
    link: { view: 'cluster', filters: {} },
  };
}

function nodesClause(cluster: ClusterView): HeadlineClause | undefined {
  const inactive = cluster.latest?.nodes?.inactive ?? 0;
  if (inactive === 0) return undefined;
  return {
    status: 'breached',
    text: `${formatNumberOf(inactive, 'node')} of ${
      cluster.connection
    } inactive`,
    link: { view: 'cluster', filters: {} },
  };
}

function tablesClause(tables: TableCounts): HeadlineClause | undefined {
  if (tables.total === 0) return undefined;
  const bad = tables.breached + tables['at-risk'];
  const link = { view: 'tables' as const, filters: {} };
  if (bad === 0) {
    return tables.unknown > 0
      ? {
          status: 'unknown',
          text: `${formatCount(tables.unknown)} of ${formatNumberOf(
            tables.total,
            'table',
          )} not inspected`,
          link,
        }
      : {
          status: 'healthy',
          text:
            tables.total === 1
              ? 'the one table is healthy'
              : `all ${formatCount(tables.total)} tables are healthy`,
          link,
        };
  }
  return {
    status: tables.breached > 0 ? 'breached' : 'at-risk',
    text: `${formatCount(bad)} of ${formatNumberOf(tables.total, 'table')} ${
      bad === 1 ? 'needs' : 'need'
    } maintenance`,
    link,
  };
}
