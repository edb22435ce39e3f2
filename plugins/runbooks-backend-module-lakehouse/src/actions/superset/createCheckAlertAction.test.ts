import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  DefaultSupersetConnection,
  readSupersetConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import {
  startSupersetSandbox,
  type SupersetSandbox,
} from '@lakehouse-ops/sandbox';
import { runContext } from '../../__testUtils__/runContext';
import { createCheckAlertAction } from './createCheckAlertAction';

const HOUR_MS = 3_600_000;
const ALERT_ID = 2;
const INPUT = { connection: 'bi', alertId: String(ALERT_ID) };

describe('superset:check-alert', () => {
  let sandbox: SupersetSandbox;
  let superset: DefaultSupersetConnection;

  beforeEach(async () => {
    sandbox = await startSupersetSandbox({ port: 0 });
    const [config] = readSupersetConnectionsConfig(
      new ConfigReader({
        lakehouse: {
          superset: {
            connections: [
              {
                id: 'bi',
                url: sandbox.url,
                auth: { user: 'admin', password: 'admin' },
              },
            ],
          },
        },
      }),
    );
    superset = DefaultSupersetConnection.create({ config });
  });

  afterEach(async () => {
    await superset.close();
    await sandbox.close();
  });

  const setUp = () =>
    createCheckAlertAction({
      connections: {
        list: () => [superset],
        get: id => {
          if (id === superset.id) return superset;
          throw new NotFoundError(`There is no Superset '${id}'`);
        },
      },
    });

  function alert() {
    const found = sandbox.world.alerts.get(ALERT_ID);
    if (!found) throw new Error('The sandbox has no such alert.');
    return found;
  }

  it('tells how the last run ended', async () => {
    // Above its threshold at each run.
    alert().value = 500;
    alert().lastState = 'Success';
    const { output } = await testRunbookAction({
      action: setUp(),
      input: INPUT,
    });
    expect(output).toMatchObject({
      name: alert().name,
      type: 'alert',
      active: true,
      state: 'Success',
      stuck: false,
    });
  });

  it('tells that one hangs that works for longer than it may', async () => {
    const hanging = alert();
    hanging.active = false;
    hanging.lastState = 'Working';
    hanging.lastEvaluatedMs = Date.now() - 2 * HOUR_MS;
    hanging.workingTimeoutSeconds = 3600;
    sandbox.world.alerts.log.length = 0;
    const { output, preview } = await testRunbookAction({
      action: setUp(),
      input: INPUT,
    });
    expect(output).toMatchObject({ stuck: true, state: 'Working' });
    expect(preview.summary).toContain('is stuck, and switched off');
  });

  it('tells neither a state nor an age of one that never ran', async () => {
    const fresh = alert();
    fresh.active = false;
    fresh.lastState = undefined;
    fresh.lastEvaluatedMs = undefined;
    fresh.lastValue = undefined;
    sandbox.world.alerts.log.length = 0;
    const { output, preview } = await testRunbookAction({
      action: setUp(),
      input: INPUT,
    });
    expect(output.state).toBeUndefined();
    expect(output.minutesSinceRun).toBeUndefined();
    expect(output.stuck).toBe(false);
    expect(preview.summary).toContain('never run');
  });

  it('says that Superset does not know it, or does not answer', async () => {
    const action = setUp();
    await expect(
      action.execute(runContext({ ...INPUT, alertId: '987654' })),
    ).rejects.toThrow(/404|not found|no /i);
    await sandbox.close();
    await expect(
      action.preflight({
        target: action.target(INPUT),
        signal: new AbortController().signal,
      }),
    ).resolves.toMatchObject({
      allowed: false,
      reason: expect.stringContaining("Superset bi can't be asked"),
    });
  });
});
