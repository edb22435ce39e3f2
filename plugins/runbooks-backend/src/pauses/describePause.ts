import type { RunbookPause } from '@lakehouse-ops/plugin-runbooks-common';

/** Who holds back what, since when and why, as one sentence. */
export function describePause({ scope, by, at, reason }: RunbookPause): string {
  const what = scope === 'all' ? 'All runs are' : `${scope.runbookId} is`;
  return `${what} paused by ${by} since ${at}: ${
    /[.!?]$/.test(reason) ? reason : `${reason}.`
  }`;
}
