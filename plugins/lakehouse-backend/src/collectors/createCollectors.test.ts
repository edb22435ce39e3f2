import request from 'supertest';
import { startAllSystems } from '../__testUtils__/startAllSystems';
import { asUser } from '../__testUtils__/startLakehouseBackend';

jest.setTimeout(60_000);

describe('the plugin', () => {
  it('schedules the collectors of every connection, and serves while none of the systems is there', async () => {
    const backend = await startAllSystems({});
    const tasks: string[] = backend.scheduler.scheduleTask.mock.calls.map(
      ([{ id }]) => id,
    );
    expect(new Set(tasks).size).toBe(tasks.length);
    for (const connection of [
      'analytics',
      'cache',
      'bi',
      'k8s',
      'metrics',
      'gw',
    ]) {
      expect(tasks).toContainEqual(
        expect.stringMatching(
          new RegExp(`^lakehouse-collect-.*-${connection}$`),
        ),
      );
    }
    const { body } = await request(backend.server)
      .get('/api/lakehouse/connections')
      .set(asUser);
    expect(body.items).toHaveLength(7);
    await backend.stop();
  });

  it('runs the collectors of a connection again when someone changed it', async () => {
    const backend = await startAllSystems({});
    const subscription = backend.events.subscribe.mock.calls.find(
      ([{ topics }]) => topics.includes('lakehouse.connection-changed'),
    );
    const topic = 'lakehouse.connection-changed';
    await subscription?.[0].onEvent({
      topic,
      eventPayload: { system: 'trino-gateway', connection: 'gw' },
    });
    const { triggerTask } = backend.scheduler;
    for (
      let wait = 0;
      wait < 100 && !triggerTask.mock.calls.length;
      wait += 1
    ) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(triggerTask.mock.calls[0][0]).toMatch(/-gw$/);
    await backend.stop();
  });
});
