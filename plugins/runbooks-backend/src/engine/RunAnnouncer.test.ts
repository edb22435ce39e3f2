import { mockServices } from '@backstage/backend-test-utils';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { RunAnnouncer } from './RunAnnouncer';

const run: Run = {
  id: 'run-1',
  runbookId: 'fake:change-thing',
  title: 'Change thing',
  state: 'succeeded',
  risk: 'low',
  target: { system: 'fake', connection: 'main', kind: 'thing', name: 'a' },
  parameters: {},
  preview: {
    id: 'p',
    runbookId: 'fake:change-thing',
    target: { system: 'fake', connection: 'main', kind: 'thing', name: 'a' },
    parameters: {},
    risk: 'low',
    content: { summary: '', changes: [], untouched: [], warnings: [] },
    hash: '',
    createdAt: '2026-11-21T10:00:00.000Z',
    expiresAt: '2026-11-21T10:10:00.000Z',
    execute: { allowed: true },
  },
  startedBy: 'user:default/alice',
  createdAt: '2026-11-21T10:00:00.000Z',
  endedAt: '2026-11-21T10:00:11.000Z',
  steps: [],
  verification: { outcome: 'verified', summary: '1 → 2', metrics: [] },
};

function setup(send = jest.fn(async () => {})) {
  const publish = jest.fn(async () => {});
  const logger = mockServices.logger.mock();
  const announcer = RunAnnouncer.create({
    signals: { publish },
    notifications: { send },
    logger,
  });
  return { announcer, publish, send, logger };
}

describe('RunAnnouncer', () => {
  it('signals each change, and notifies of the end of a long run', () => {
    const { announcer, publish, send } = setup();
    announcer.announce({ ...run, state: 'running', endedAt: undefined });
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'runbooks',
      message: { runId: 'run-1', state: 'running' },
    });
    expect(send).not.toHaveBeenCalled();
    announcer.announce(run);
    expect(send).toHaveBeenCalledWith({
      recipients: { type: 'entity', entityRef: 'user:default/alice' },
      payload: expect.objectContaining({
        title: 'Change thing: succeeded',
        description: '1 → 2',
        link: '/runbooks/runs/run-1',
      }),
    });
  });

  it('does not notify of a short run', () => {
    const { announcer, send } = setup();
    announcer.announce({ ...run, endedAt: '2026-11-21T10:00:09.000Z' });
    expect(send).not.toHaveBeenCalled();
  });

  it('says once that signals fail, until they work again', async () => {
    const { announcer, publish, logger } = setup();
    const announce = async () => {
      announcer.announce(run);
      await new Promise(setImmediate);
    };
    publish.mockRejectedValue(new Error('fetch failed'));
    await announce();
    await announce();
    expect(logger.warn.mock.calls).toEqual([
      [
        'Open pages could not be told of a run, and look at it from time to time until that works again: fetch failed',
      ],
    ]);
    publish.mockResolvedValueOnce(undefined);
    await announce();
    await announce();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it('logs what can not be sent, and goes on', async () => {
    const { announcer, logger } = setup(
      jest.fn(async () => {
        throw new Error('no notifications backend');
      }),
    );
    announcer.announce(run);
    await new Promise(setImmediate);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('no notifications backend'),
    );
  });
});
