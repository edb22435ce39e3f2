import type {
  ClusterView,
  HealthStatus,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf, formatShare } from '../components/format';
import { worstHealth } from '../components/status';
import type { TableCounts } from '../tables';

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
    readonly view: 'cluster' | 'queries' | 'tables';
    readonly filters: Readonly<Record<string, string>>;
  };
}

/** What is going on, in one sentence. */
export interface Headline {
  readonly status: HealthStatus;
  readonly clauses: readonly HeadlineClause[];
}

/** Puts what is known into one sentence, worst first. */
export function headline(options: {
  /** Whose queries: "Queries on analytics", "Queries of personal-api". */
  subject: string;
  /** "in the last 1 h" */
  when: string;
  stats?: QueryStats;
  cluster?: ClusterView;
  tables?: TableCounts;
}): Headline {
  const { cluster, tables } = options;
  const clauses = [
    cluster && nodesClause(cluster),
    cluster && memoryClause(cluster),
    queriesClause(options),
    tables && tablesClause(tables),
  ].flatMap(clause => clause ?? []);
  return {
    status:
      clauses.length > 0
        ? worstHealth(clauses.map(clause => clause.status))
        : 'unknown',
    clauses,
  };
}

function queriesClause(options: {
  subject: string;
  when: string;
  stats?: QueryStats;
}): HeadlineClause | undefined {
  const { subject, when, stats } = options;
  if (!stats) return undefined;
  const { ended, failed, running, queued } = stats.overall;
  if (ended + running + queued === 0) {
    return { status: 'healthy', text: `${subject}: none ${when}` };
  }
  const share = ended > 0 ? failed / ended : 0;
  if (share < FAILED_SHARE.atRisk) {
    return { status: 'healthy', text: `${subject} are healthy` };
  }
  return {
    status: share < FAILED_SHARE.breached ? 'at-risk' : 'breached',
    text: `${subject}: ${formatCount(failed)} of ${formatCount(
      ended,
    )} failed ${when} (${formatShare(share)})`,
    link: { view: 'queries', filters: { state: 'FAILED' } },
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
