import type {
  RunbookEntityFilter,
  RunbookTrigger,
} from '@lakehouse-ops/plugin-runbooks-common';

function momentOf({ slo, condition, cron }: RunbookTrigger): string {
  if (slo) {
    const which = [
      slo.name && `"${slo.name}"`,
      slo.indicator && `of ${slo.indicator}`,
    ]
      .filter(Boolean)
      .join(' ');
    const severity = slo.severity ? ` with severity ${slo.severity}` : '';
    return `when an SLO ${which || 'of any kind'} fires${severity}`;
  }
  if (condition) return `when ${condition.system} says ${condition.name}`;
  if (cron) return `at ${cron.expression} (${cron.timeZone})`;
  return 'never: it names no moment';
}

/** "Starts by itself at 0 3 * * * (UTC), as olivia", or that it is suggested. */
export function triggerWords(trigger: RunbookTrigger, runAs?: string): string {
  const moment = momentOf(trigger);
  if (!trigger.start) return `Is suggested ${moment}.`;
  return `Starts by itself ${moment}${runAs ? `, as ${runAs}` : ''}.`;
}

/** "Resource of type cache with lakehouse-ops.io/cache". */
export function entityFilterWords(filter: RunbookEntityFilter): string {
  return [
    filter.kind ?? 'Any entity',
    ...(filter.type ? [`of type ${filter.type}`] : []),
    ...(filter.annotation ? [`with ${filter.annotation}`] : []),
  ].join(' ');
}
