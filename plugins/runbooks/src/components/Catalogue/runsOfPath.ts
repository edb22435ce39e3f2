/** Address of the list of runs of one runbook. */
export function runsOfPath(runbookId: string): string {
  const params = new URLSearchParams({ runbook: runbookId });
  return `/runbooks/runs?${params}`;
}
