import {
  FakeTrinoConnection,
  listedQuery,
} from './__testUtils__/FakeTrinoConnection';
import { startRunbooks } from './__testUtils__/startRunbooks';

jest.setTimeout(60_000);

describe('the lakehouse module', () => {
  it('adds its actions, and kills a query from preview to proof', async () => {
    const trino = new FakeTrinoConnection();
    trino.queries.set(listedQuery.queryId, listedQuery);
    const runbooks = await startRunbooks({ connections: trino.connections });
    const { items } = await runbooks.client.getRunbooks();
    expect(items.map(item => item.id)).toEqual(
      expect.arrayContaining([
        'gateway:activate-backend',
        'gateway:deactivate-backend',
        'trino:analyze-table',
        'trino:kill-query',
        'trino:optimize-table',
      ]),
    );
    const preview = await runbooks.preview('trino:kill-query', {
      connection: 'analytics',
      queryId: listedQuery.queryId,
      message: 'Blocks the nightly load',
    });
    expect(preview.execute).toEqual({ allowed: true });
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'verified' },
    });
    expect(trino.kills).toEqual([
      { queryId: listedQuery.queryId, message: 'Blocks the nightly load' },
    ]);
  });

  it('stops when the query ended after it was previewed', async () => {
    const trino = new FakeTrinoConnection();
    trino.queries.set(listedQuery.queryId, listedQuery);
    const runbooks = await startRunbooks({ connections: trino.connections });
    const preview = await runbooks.preview('trino:kill-query', {
      connection: 'analytics',
      queryId: listedQuery.queryId,
      message: 'Blocks the nightly load',
    });
    trino.queries.set(listedQuery.queryId, {
      ...listedQuery,
      state: 'FINISHED',
    });
    const { run } = await runbooks.ended((await runbooks.start(preview)).id);
    expect(run).toMatchObject({
      state: 'failed',
      error: {
        step: 'check',
        message: expect.stringContaining('has ended already (FINISHED)'),
        alreadyDone: 'Nothing.',
      },
    });
    expect(trino.kills).toEqual([]);
  });
});
