import type {
  ApprovalRule,
  RunbookStatistics,
} from '@lakehouse-ops/plugin-runbooks-common';

const UNITS: ReadonlyArray<readonly [ms: number, name: string]> = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

function plural(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}

/**
 * A span that somebody chose, in milliseconds, in the largest unit that it is
 * whole in: "30 minutes".
 *
 * @public
 */
export function spanWords(ms: number): string {
  const [unitMs, name] =
    UNITS.find(([one]) => ms >= one && ms % one === 0) ??
    UNITS[UNITS.length - 1];
  return plural(Math.round((ms / unitMs) * 10) / 10, name);
}

/** "data-platform" for `group:default/data-platform`. */
export function groupName(entityRef: string): string {
  return entityRef.replace(/^(group|user):(default\/)?/i, '');
}

/**
 * Who has to agree: "2 people of data-platform have to approve; never who
 * started it. It lapses after 30 minutes."
 *
 * @public
 */
export function approvalWords(rule: ApprovalRule): string {
  const { groups, count, expiresAfterMs } = rule;
  const who = count === 1 ? 'Somebody' : `${count} people`;
  const from = groups.length
    ? ` of ${groups.map(groupName).join(' or ')}`
    : ' who may approve runs';
  return `${who}${from} ${
    count === 1 ? 'has' : 'have'
  } to approve it first; never the one who started it. What is asked lapses after ${spanWords(
    expiresAfterMs,
  )}.`;
}

/**
 * How a runbook did: "Ran 12 times, helped 9 times in 90 days".
 *
 * @public
 */
export function statisticsWords({
  runs,
  helped,
  failed,
  windowDays,
}: RunbookStatistics): string {
  const window = plural(windowDays, 'day');
  if (runs === 0) return `Not run in ${window}`;
  const times = (count: number) =>
    count === 1 ? 'once' : plural(count, 'time');
  return [
    `Ran ${times(runs)}`,
    `helped ${helped === 0 ? 'never' : times(helped)}`,
    ...(failed ? [`failed ${times(failed)}`] : []),
  ]
    .join(', ')
    .concat(` in ${window}`);
}
