import type { RunbookDefinition } from '@lakehouse-ops/plugin-runbooks-common';
import { findCronProblem, isTimeZone } from './checkCron';
import { checkInput } from './checkInput';
import type { Problems } from './Problems';

/** Checks what makes a runbook be suggested or started. */
export function checkTriggers(
  definition: RunbookDefinition,
  problems: Problems,
): void {
  definition.triggers.forEach((trigger, index) => {
    const path = ['spec', 'triggers', index];
    const { slo, condition, cron, start } = trigger;
    const kinds = [slo, condition, cron].filter(kind => kind !== undefined);
    if (kinds.length !== 1) {
      problems.error(
        path,
        'A trigger is one of slo, condition and cron. Write exactly one of them; for several, write several triggers.',
      );
    }
    if (slo && slo.indicator === undefined && slo.name === undefined) {
      problems.error(
        [...path, 'slo'],
        'Nothing says which SLOs. Write an indicator, such as cache-hit-ratio, or a name.',
      );
    }
    if (cron) {
      const wrong = findCronProblem(cron.expression);
      if (wrong) problems.error([...path, 'cron', 'expression'], wrong);
      if (!isTimeZone(cron.timeZone)) {
        problems.error(
          [...path, 'cron', 'timeZone'],
          `There is no time zone '${cron.timeZone}'. Write one such as UTC or Europe/Amsterdam.`,
        );
      }
      if (!start) {
        problems.error(
          path,
          'A time alone suggests nothing. Write start with the parameters to start it with.',
        );
      }
    }
    if (!start) return;
    if (definition.runAs === undefined) {
      problems.error(
        [...path, 'start'],
        'A runbook that starts by itself needs a person who answers for it. Write spec.runAs, such as user:default/olivia.',
      );
    }
    checkInput({
      schema: definition.parameters,
      input: start.parameters,
      path: [...path, 'start', 'parameters'],
      problems,
    });
  });
}
