import { NotImplementedError } from '@backstage/errors';
import { runbooksApiRef } from '@lakehouse-ops/plugin-runbooks-react';

// Buttons without a backend behind them: every third is refused.
const notHere = async (): Promise<never> => {
  throw new NotImplementedError('There are no runs in this harness.');
};
type RunbookSuggestion = Awaited<
  ReturnType<(typeof runbooksApiRef.T)['getSuggestions']>
>['items'][number];
const stampedeSuggestion: RunbookSuggestion = {
  runbook: {
    id: 'cache-stampede',
    kind: 'runbook',
    title: 'Cache stampede',
    description: 'Spreads the expiry of the keys, and flushes what is stale.',
    verb: 'Stop the stampede',
    risk: 'high',
    attributes: { readOnly: false, destructive: true, idempotent: true },
    parametersSchema: {
      type: 'object',
      required: ['connection', 'prefix', 'table'],
      properties: {
        connection: { type: 'string', 'x-picker': 'redis-connection' },
        prefix: { type: 'string', 'x-picker': 'key-prefix' },
        cluster: { type: 'string', 'x-picker': 'trino-cluster' },
        table: { type: 'string', 'x-picker': 'table' },
      },
    },
    approval: {
      groups: ['group:default/team-data-platform'],
      count: 1,
      expiresAfterMs: 1_800_000,
    },
  },
  reason: 'It is for SLOs like this one that fire.',
  parameters: { connection: 'sessions' },
  statistics: {
    windowDays: 90,
    runs: 12,
    helped: 9,
    failed: 0,
    lastRunAt: new Date(Date.now() - 7_200_000).toISOString(),
  },
};
export const runbooksApi: typeof runbooksApiRef.T = {
  getAllowances: async asks => ({
    items: asks.map((_, index) =>
      index % 3 === 2
        ? {
            allowed: false,
            reason: 'You need runbooks.run.execute on cluster analytics.',
            remedy: 'Ask team-data-platform.',
          }
        : { allowed: true },
    ),
  }),
  getRunbooks: async () => ({ items: [stampedeSuggestion.runbook] }),
  createPreview: notHere,
  startRun: notHere,
  getRuns: notHere,
  getRun: notHere,
  getRunEvents: notHere,
  cancelRun: notHere,
  getRunAudit: notHere,
  getRunbook: notHere,
  getRunbookProblems: notHere,
  getSuggestions: async ({ slo, condition }) => ({
    items: slo || condition ? [stampedeSuggestion] : [],
  }),
  getWaitingApprovals: notHere,
  decideApproval: notHere,
  answerStep: notHere,
  decideOutcome: notHere,
  continueRun: notHere,
  getPauses: async () => ({ items: [] }),
  pause: notHere,
  endPause: notHere,
};
