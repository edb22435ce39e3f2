import type { RunbookTrigger } from '@lakehouse-ops/plugin-runbooks-common';

/** Whether a trigger is for an SLO: all that it names must be the SLO's. */
export function matchesSlo(
  trigger: NonNullable<RunbookTrigger['slo']>,
  slo: { readonly name: string; readonly indicator?: string },
): boolean {
  const { name, indicator } = trigger;
  if (name === undefined && indicator === undefined) return false;
  return (
    (name === undefined || name === slo.name) &&
    (indicator === undefined || indicator === slo.indicator)
  );
}
