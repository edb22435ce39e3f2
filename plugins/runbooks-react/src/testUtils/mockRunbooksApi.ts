import type { RunbooksApi } from '@lakehouse-ops/plugin-runbooks-common';
import { aPreview, aRun, aRunbook } from './builders';

/**
 * A Runbooks API that allows everything and whose runs stay running.
 *
 * @public
 */
export function mockRunbooksApi(): jest.Mocked<RunbooksApi> {
  return {
    getRunbooks: jest.fn(async () => ({ items: [aRunbook()] })),
    getAllowances: jest.fn(async asks => ({
      items: asks.map(() => ({ allowed: true as const })),
    })),
    createPreview: jest.fn(async ({ parameters }) => aPreview({ parameters })),
    startRun: jest.fn(async _request => aRun()),
    getRuns: jest.fn(async () => ({
      items: [],
      total: 0,
      limit: 25,
      offset: 0,
    })),
    getRun: jest.fn(async _id => aRun()),
    getRunEvents: jest.fn(
      (_id, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    ),
    cancelRun: jest.fn(async _id => aRun({ cancelRequestedBy: 'bob' })),
    getRunAudit: jest.fn(async _id => ({ items: [] })),
    getRunbook: jest.fn(async id => ({ ...aRunbook({ id }), problems: [] })),
    getRunbookProblems: jest.fn(async () => ({ items: [] })),
    getSuggestions: jest.fn(async _context => ({ items: [] })),
    getWaitingApprovals: jest.fn(async () => ({ items: [] })),
    decideApproval: jest.fn(async (_id, _request) => aRun()),
    answerStep: jest.fn(async (_id, _request) => aRun()),
    decideOutcome: jest.fn(async (_id, _request) => aRun()),
    continueRun: jest.fn(async _id => aRun()),
    getPauses: jest.fn(async () => ({ items: [] })),
    pause: jest.fn(async ({ scope, reason }) => ({
      scope,
      reason,
      by: 'user:default/olivia',
      at: '2026-11-21T10:00:00Z',
    })),
    endPause: jest.fn(async _request => undefined),
  };
}
