import {
  aCompaction,
  aCompactionRun,
  anAuditEntry,
  anEvent,
  mockRunbooksApi,
} from '@lakehouse-ops/plugin-runbooks-react/testUtils';

/** A Runbooks API with one compaction, which has ended. */
export function mockCompacted(): ReturnType<typeof mockRunbooksApi> {
  const run = aCompactionRun();
  return {
    ...mockRunbooksApi(),
    getRunbooks: jest.fn(async () => ({ items: [aCompaction()] })),
    getRunbook: jest.fn(async id => ({ ...aCompaction({ id }), problems: [] })),
    getRuns: jest.fn(async ({ limit = 25, offset = 0 } = {}) => ({
      items: [run],
      total: 60,
      limit,
      offset,
    })),
    getRun: jest.fn(async _id => run),
    getRunEvents: jest.fn(async (_id, _options) => ({
      items: [anEvent(1, 'Rewrote 300 files')],
      run,
    })),
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
  };
}
