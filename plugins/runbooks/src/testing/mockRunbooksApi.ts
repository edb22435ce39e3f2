import type { RunbooksApi } from '@lakehouse-ops/plugin-runbooks-common';
import { anAuditEntry, aRun, aRunbook } from './builders';

/** A Runbooks API with one run that has ended. */
export function mockRunbooksApi(): jest.Mocked<RunbooksApi> {
  return {
    getRunbooks: jest.fn(async () => ({ items: [aRunbook()] })),
    getAllowances: jest.fn(),
    createPreview: jest.fn(),
    startRun: jest.fn(),
    getRuns: jest.fn(async ({ limit = 25, offset = 0 } = {}) => ({
      items: [aRun()],
      total: 60,
      limit,
      offset,
    })),
    getRun: jest.fn(async _id => aRun()),
    getRunEvents: jest.fn(async (_id, _options) => ({
      items: [
        {
          sequence: 1,
          at: '2026-11-21T10:01:05Z',
          type: 'log' as const,
          level: 'info' as const,
          message: 'Rewrote 300 files',
        },
      ],
      run: aRun(),
    })),
    cancelRun: jest.fn(async _id => aRun()),
    getRunAudit: jest.fn(async _id => ({
      items: [
        anAuditEntry(),
        anAuditEntry({
          sequence: 8,
          event: 'run-ended',
          previousHash: 'tampered',
          hash: 'hash-8',
        }),
      ],
    })),
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
