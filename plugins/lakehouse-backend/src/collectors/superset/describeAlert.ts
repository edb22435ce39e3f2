import type {
  AlertRun,
  AlertState,
  LakehouseAlert,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  SupersetAlert,
  SupersetListedAlert,
  SupersetLogRow,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { judged, workingSince } from './alertRuns';
import { alertStateOf, isStuck } from './alertState';

/** What is known of one alert. */
export interface KnownAlert {
  readonly listed: SupersetListedAlert;
  /** Absent when it could not be read. */
  readonly details?: SupersetAlert;
  /** Newest first; absent when the log could not be read. */
  readonly rows?: readonly SupersetLogRow[];
  readonly runs?: readonly AlertRun[];
}

const COMPARISONS: Record<string, string> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '==': 'equals',
  '!=': 'is not',
};

/** Says what an alert's state means, in Superset's terms and in plain words. */
export function describeAlert(
  known: KnownAlert,
  options: { connection: string; uiUrl?: string; nowMs: number },
): Omit<LakehouseAlert, 'runs'> {
  const { listed, details } = known;
  const state = stateOf(known, options.nowMs);
  const base = options.uiUrl?.replace(/\/+$/, '');
  return {
    connection: options.connection,
    id: listed.id,
    name: listed.name,
    kind: listed.type,
    state,
    sourceState: listed.lastState ?? '',
    summary: summaryOf(known, state),
    active: listed.active,
    lastValue: details?.lastValue,
    condition: conditionOf(details),
    lastEvaluatedAt: listed.lastEvaluatedAt,
    crontab: listed.crontab,
    timezone: listed.timezone,
    owners: listed.owners,
    dashboardId: listed.dashboardId,
    chartId: listed.chartId,
    uiUrl: base && `${base}/${listed.type}/${listed.id}/log/`,
  };
}

function stateOf(known: KnownAlert, nowMs: number): AlertState {
  const { listed, details, rows } = known;
  if (!listed.active) return 'inactive';
  const state = alertStateOf({ word: listed.lastState, kind: listed.type });
  const since = (rows && workingSince(rows)) ?? listed.lastEvaluatedAt;
  return state === 'running' &&
    isStuck({
      since,
      workingTimeoutSeconds: details?.workingTimeoutSeconds,
      nowMs,
    })
    ? 'stuck'
    : state;
}

function summaryOf(known: KnownAlert, state: AlertState): string {
  const { listed, rows, runs } = known;
  const at = atTime(listed.lastEvaluatedAt);
  switch (state) {
    case 'fired':
      return `fired${at}${valueClause(known, ', value')}`;
    case 'sent':
      return `sent${at}`;
    case 'healthy':
      return `not triggered${at}${valueClause(known, ', value', true)}`;
    case 'not-evaluated': {
      const fired = runs && judged(runs).find(run => run.state === 'fired');
      const since = fired ? `, it fired${atTime(fired.endedAt)}` : '';
      return `not evaluated${at}: in its grace period${since}`;
    }
    case 'running':
      return `running${sinceTime(
        (rows && workingSince(rows)) ?? listed.lastEvaluatedAt,
      )}`;
    case 'stuck':
      return `stuck${sinceTime(
        (rows && workingSince(rows)) ?? listed.lastEvaluatedAt,
      )}: longer than its working time-out, its worker has probably died`;
    case 'never-run':
      return 'has not run yet';
    case 'inactive':
      return `switched off${listed.lastEvaluatedAt ? `, last run${at}` : ''}`;
    default:
      return `failed${at}${errorClause(known)}`;
  }
}

function errorClause({ listed, runs }: KnownAlert): string {
  if (listed.lastState !== 'Error') {
    return `: Superset calls it '${listed.lastState}', which is not known here`;
  }
  const message = runs?.find(run => run.state === 'error')?.errorMessage;
  return message ? `: ${message.slice(0, 300)}` : '';
}

/** "value 3 is below 5", or "value 7 is not below 5" of a healthy one. */
function valueClause(
  { details, runs }: KnownAlert,
  begin: string,
  negated = false,
): string {
  const value =
    runs?.flatMap(run => run.value ?? []).at(0) ?? details?.lastValue;
  if (value === undefined) return '';
  const { validator } = details ?? {};
  const words = validator && COMPARISONS[validator.op];
  if (!words || validator.threshold === undefined) return `${begin} ${value}`;
  const said = negated ? words.replace(/^is /, 'is not ') : words;
  if (negated && said === words) return `${begin} ${value}`;
  return `${begin} ${value} ${said} ${validator.threshold}`;
}

/** For example `< 5`. */
export function conditionOf(
  details: SupersetAlert | undefined,
): string | undefined {
  const { validator } = details ?? {};
  if (!validator) return undefined;
  return validator.threshold === undefined
    ? validator.op
    : `${validator.op} ${validator.threshold}`;
}

function atTime(iso: string | undefined): string {
  return iso ? ` ${clock(iso)}` : '';
}

function sinceTime(iso: string | undefined): string {
  return iso ? ` since ${clock(iso)}` : '';
}

function clock(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
