import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';

/** What all views of a system tell about their age. */
export interface Observed {
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  readonly gaps: readonly Gap[];
}

/** Why something is missing now, from the gap that lasts. */
export function reasonMissing(
  gaps: readonly Gap[],
  ...subjects: GapSubject[]
): string | undefined {
  const gap = gaps.find(
    ({ subject, until }) =>
      until === undefined && subjects.some(wanted => wanted === subject),
  );
  return gap && `not observed: ${gap.reason}`;
}

/** Whether the newest look is older than it should be, and why. */
export function stalenessOf(
  view: Observed,
  now: Date,
): { asOf: string; reason: string } | undefined {
  if (!view.observedAt) return undefined;
  const ageMs = now.getTime() - Date.parse(view.observedAt);
  if (ageMs <= view.staleAfterSeconds * 1_000) return undefined;
  const gap = view.gaps.find(({ until }) => until === undefined);
  return {
    asOf: view.observedAt,
    reason: gap
      ? `${gap.reason}; ${gap.remedy}`
      : 'nothing was collected since; look at the backend’s log',
  };
}
