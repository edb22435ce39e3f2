import type {
  SloList,
  SloStatus,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount, formatNumberOf } from '../components/format';
import { HEALTH_ORDER } from '../components/status';

const WORDS: Record<SloStatus, string> = {
  breached: 'breached',
  'at-risk': 'at risk',
  unknown: 'not known',
  healthy: 'healthy',
};

/** `1 breached, 2 at risk, 4 healthy.` */
export function sloCountsText(
  slos: ReadonlyArray<Pick<SloSummary, 'status'>>,
): string {
  const parts = HEALTH_ORDER.flatMap(status => {
    const count = slos.filter(slo => slo.status === status).length;
    return count > 0 ? [`${formatCount(count)} ${WORDS[status]}`] : [];
  });
  return `${formatNumberOf(slos.length, 'SLO')}: ${parts.join(', ')}.`;
}

/** What SLOs have to say in a sentence with others, and how bad that is; nothing where there is none. */
export function slosClause(
  list: Pick<SloList, 'counts' | 'firing'>,
): { readonly status: SloStatus; readonly text: string } | undefined {
  const { counts, firing } = list;
  const total = HEALTH_ORDER.reduce((sum, status) => sum + counts[status], 0);
  if (total === 0) return undefined;
  const alerts =
    firing > 0
      ? `, ${formatNumberOf(firing, 'alert')} ${
          firing === 1 ? 'fires' : 'fire'
        }`
      : '';
  const of = (status: SloStatus) =>
    `${formatCount(counts[status])} of ${formatNumberOf(total, 'SLO')} ${
      counts[status] === 1 ? 'is' : 'are'
    } ${WORDS[status]}`;
  const worst = HEALTH_ORDER.find(status => counts[status] > 0);
  switch (worst) {
    case 'breached':
    case 'at-risk':
    case 'unknown':
      return {
        status: worst === 'unknown' && firing > 0 ? 'at-risk' : worst,
        text: `${of(worst)}${alerts}`,
      };
    default:
      return {
        status: firing > 0 ? 'at-risk' : 'healthy',
        text:
          total === 1
            ? `the one SLO is met${alerts}`
            : `all ${formatCount(total)} SLOs are met${alerts}`,
      };
  }
}

/** A clause as a sentence of its own. */
export function sentenceCase(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('en-US')}${text.slice(1)}.`;
}
