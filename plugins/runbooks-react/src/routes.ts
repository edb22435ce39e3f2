/**
 * Address of a run's page in the app.
 *
 * @public
 */
export function runPath(runId: string): string {
  return `/runbooks/runs/${encodeURIComponent(runId)}`;
}
