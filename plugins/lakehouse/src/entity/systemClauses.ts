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
import { alertsOf, dashboardFreshness, findDashboard } from '../dashboards';
import type { HeadlineClause } from './headline';
import { kindAndName } from './kindAndName';
import type { LakehouseViewName } from './scopeViews';

/** What a cache, or the part of it that an entity stands for, has to say. */
export function cacheClause(ref: CacheRef, view: CacheView): HeadlineClause {
  return clauseOf({
    view: 'cache',
    otherwise: healthy(
      `${kindAndName('cache', ref.prefix ?? view.title)} is healthy`,
    ),
    observed: view.observedAt !== undefined,
    concerns: cacheConcerns(narrowCache(view, ref)),
    noun: ({ name }) => (name === view.title ? '' : 'keys '),
  });
}

/** What a Superset, or one dashboard of it, has to say: first which of its alerts fired or failed. */
export function dashboardsClause(
  view: DashboardsView,
  name: string | undefined,
): HeadlineClause {
  const observed = view.observedAt !== undefined;
  if (name === undefined) {
    return clauseOf({
      view: 'dashboards',
      otherwise: healthy(`${view.title} is healthy`),
      observed,
      concerns: dashboardConcerns(view),
    });
  }
  const dashboard = findDashboard(view, name);
  if (!dashboard) {
    return clauseOf({
      view: 'dashboards',
      otherwise: unknown(`${kindAndName('dashboard', name)} is not known`),
      observed,
      concerns: [],
    });
  }
  const called = kindAndName('dashboard', dashboard.title);
  return clauseOf({
    view: 'dashboards',
    otherwise:
      dashboardFreshness(dashboard).status === 'unknown'
        ? unknown(`whether ${called} is up to date is not known`)
        : healthy(`${called} is up to date`),
    observed,
    // Of all that are as bad alerts are told first: they are about the data.
    concerns: dashboardConcerns({
      ...view,
      alerts: alertsOf(view, dashboard),
      dashboards: [dashboard],
    }),
  });
}

/** What the workloads that run something have to say. */
export function workloadsClause(view: WorkloadsView): HeadlineClause {
  return clauseOf({
    view: 'workloads',
    otherwise: healthy('all its pods are ready'),
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

function healthy(text: string) {
  return { status: 'healthy' as const, text };
}

function unknown(text: string) {
  return { status: 'unknown' as const, text };
}

function clauseOf(options: {
  view: LakehouseViewName;
  /** What is said when nothing is wrong. */
  otherwise: Pick<HeadlineClause, 'status' | 'text'>;
  observed: boolean;
  concerns: readonly Concern[];
  /** What stands before a name, so that no name begins a sentence. */
  noun?: (concern: Concern) => string;
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
  if (!worst) return { ...options.otherwise, link };
  const more =
    others.length > 0 ? `, and ${formatCount(others.length)} more` : '';
  return {
    status: worst.status,
    text: `${options.noun?.(worst) ?? ''}${worst.name}: ${worst.text}${more}`,
    link,
  };
}
