import type {
  CacheRef,
  CacheView,
  DashboardsView,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { narrowCache } from '../cache';
import {
  cacheConcerns,
  Concern,
  dashboardConcerns,
  workloadConcerns,
} from '../concerns';
import { formatClock, formatCount } from '../components/format';
import { Observed, stalenessOf } from '../components/states';
import { compareHealth } from '../components/status';
import { findDashboard } from '../dashboards';
import type { HeadlineClause } from './headline';
import type { LakehouseViewName } from './scopeViews';

/** What a cache, or the part of it that an entity stands for, has to say. */
export function cacheClause(ref: CacheRef, view: CacheView): HeadlineClause {
  return clauseOf({
    view: 'cache',
    healthy: `cache ${ref.prefix ?? view.title} is healthy`,
    observed: view.observedAt !== undefined,
    concerns: cacheConcerns(narrowCache(view, ref)),
    noun: ({ name }) => (name === view.title ? '' : 'keys '),
  });
}

/** What a Superset, or one dashboard of it, has to say. */
export function dashboardsClause(
  view: DashboardsView,
  name: string | undefined,
): HeadlineClause {
  const dashboard = findDashboard(view, name);
  return clauseOf({
    view: 'dashboards',
    healthy: dashboard
      ? `dashboard ${dashboard.title} is up to date`
      : `${view.title} is healthy`,
    observed: view.observedAt !== undefined,
    concerns: dashboardConcerns(view).filter(
      ({ subject }) =>
        !dashboard ||
        (subject?.kind === 'dashboard' && subject.id === dashboard.id),
    ),
    noun: () => '',
  });
}

/** What the workloads that run something have to say. */
export function workloadsClause(view: WorkloadsView): HeadlineClause {
  return clauseOf({
    view: 'workloads',
    healthy: 'all its pods are ready',
    observed: view.observedAt !== undefined,
    concerns: workloadConcerns(view),
    noun: () => 'workload ',
  });
}

/** A clause on what was observed long ago says only that. */
export function currentClause(
  clause: HeadlineClause,
  observed: Observed,
  now: Date,
): HeadlineClause {
  const stale = stalenessOf(observed, now);
  if (!stale) return clause;
  return {
    status: 'unknown',
    // Why stands with the age, above the figures.
    text: `${clause.link?.view ?? 'this'} last observed ${formatClock(
      stale.asOf,
      now,
    )}`,
    link: clause.link,
  };
}

function clauseOf(options: {
  view: LakehouseViewName;
  healthy: string;
  observed: boolean;
  concerns: readonly Concern[];
  /** What stands before a name, so that no name begins a sentence. */
  noun: (concern: Concern) => string;
}): HeadlineClause {
  const link = { view: options.view, filters: {} };
  if (!options.observed) {
    return {
      status: 'unknown',
      text: `${options.view} not observed yet`,
      link,
    };
  }
  const [worst, ...others] = [...options.concerns].sort((a, b) =>
    compareHealth(a.status, b.status),
  );
  if (!worst) return { status: 'healthy', text: options.healthy, link };
  const more =
    others.length > 0 ? `, and ${formatCount(others.length)} more` : '';
  return {
    status: worst.status,
    text: `${options.noun(worst)}${worst.name}: ${worst.text}${more}`,
    link,
  };
}
