import type {
  AuditEntry,
  Run,
  RunFilter,
  WaitingApproval,
} from '@lakehouse-ops/plugin-runbooks-common';
import { VIEWER } from './waitingRuns';

/** Looks like a hash, and is the same for the same text. */
export const hash = (text: string) =>
  Array.from({ length: 64 }, (_, n) =>
    ((text.charCodeAt(n % text.length) * (n + 7)) % 16).toString(16),
  ).join('');

/** A page of the runs that fit, the newest first. */
export function findRuns(runs: readonly Run[], filter: RunFilter) {
  const { limit = 25, offset = 0 } = filter;
  const all = [...runs]
    .filter(
      run =>
        (!filter.states || filter.states.includes(run.state)) &&
        (!filter.runbookId || filter.runbookId === run.runbookId) &&
        (!filter.startedBy || filter.startedBy === run.startedBy) &&
        (!filter.target || filter.target === run.target.name) &&
        (!filter.entityRef || filter.entityRef === run.entityRef),
    )
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return {
    items: all.slice(offset, offset + limit),
    total: all.length,
    limit,
    offset,
  };
}

/** What the audit log tells of a run. */
export function auditOf(run: Run): AuditEntry[] {
  const events = ['run-asked', 'step-started', 'step-ended', 'run-ended'];
  return events.map((event, index) => ({
    sequence: index < 3 ? 41 + index : 46,
    at: run.createdAt,
    actor: index ? 'plugin:runbooks' : run.startedBy,
    event,
    runId: run.id,
    detail: { target: run.target.name, step: event },
    previousHash: hash(`${run.id}${index - 1}`),
    hash: hash(`${run.id}${index}`),
  }));
}

/** The runs that wait for approval, with whether the viewer may approve. */
export function waitingApprovals(runs: readonly Run[]): WaitingApproval[] {
  const asking = runs.filter(
    ({ waitingFor }) => waitingFor?.kind === 'approval',
  );
  return asking.map(run => {
    if (run.startedBy === VIEWER) {
      return {
        run,
        decide: { allowed: false, reason: 'You started it.' },
      };
    }
    return run.id.endsWith('denied')
      ? {
          run,
          decide: {
            allowed: false,
            reason: 'You are not of data-platform or on-call.',
            remedy: 'Ask the one on call: see the rota.',
          },
        }
      : { run, decide: { allowed: true } };
  });
}
