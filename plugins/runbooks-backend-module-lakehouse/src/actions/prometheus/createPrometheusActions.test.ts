import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  DefaultPrometheusConnection,
  readPrometheusConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import {
  type PrometheusSandbox,
  startPrometheusSandbox,
} from '@lakehouse-ops/sandbox';
import { runContext } from '../../__testUtils__/runContext';
import { createPrometheusActions } from './createPrometheusActions';

describe('prometheus:check', () => {
  let sandbox: PrometheusSandbox;
  let prometheus: DefaultPrometheusConnection;

  beforeEach(async () => {
    sandbox = await startPrometheusSandbox();
    const [config] = readPrometheusConnectionsConfig(
      new ConfigReader({
        lakehouse: {
          prometheus: { connections: [{ id: 'metrics', url: sandbox.url }] },
        },
      }),
    );
    prometheus = DefaultPrometheusConnection.create(config);
  });

  afterEach(async () => {
    await prometheus.close();
    await sandbox.close();
  });

  function setUp() {
    const [action] = createPrometheusActions({
      connections: {
        list: () => [prometheus],
        get: id => {
          if (id === prometheus.id) return prometheus;
          throw new NotFoundError(`There is no Prometheus '${id}'`);
        },
      },
    });
    return action;
  }

  const inputOf = (expression: string) => ({
    connection: 'metrics',
    expression,
  });

  it('tells one value, which an assertion can compare', async () => {
    sandbox.world.setGauge('queue_length', { queue: 'orders' }, 7);
    const { output, verification, preview } = await testRunbookAction({
      action: setUp(),
      input: inputOf('queue_length'),
    });
    expect(output).toMatchObject({ count: 1, value: 7, partial: false });
    expect(preview.summary).toContain('tells 7 for queue_length');
    expect(verification.outcome).toBe('verified');
  });

  it('tells each of several values, and picks none of them', async () => {
    sandbox.world.setGauge('queue_length', { queue: 'orders' }, 7);
    sandbox.world.setGauge('queue_length', { queue: 'mails' }, 0);
    const { output } = await testRunbookAction({
      action: setUp(),
      input: inputOf('queue_length'),
    });
    expect(output).not.toHaveProperty('value');
    expect(output).toMatchObject({
      count: 2,
      values: expect.arrayContaining([
        expect.objectContaining({ value: 7 }),
        expect.objectContaining({ value: 0 }),
      ]),
    });
  });

  it('has no value where there is no data, rather than 0', async () => {
    const { output, preview } = await testRunbookAction({
      action: setUp(),
      input: inputOf('no_such_metric'),
    });
    expect(output).toEqual({ count: 0, values: [], partial: false });
    expect(preview.summary).toContain('0 values');
  });

  it('tells what is wrong with an expression', async () => {
    const action = setUp();
    await expect(action.preview(runContext(inputOf('sum(')))).rejects.toThrow(
      /sum|parse|expr|unexpected/i,
    );
  });

  it('fails, and says so, when Prometheus does not answer', async () => {
    const action = setUp();
    sandbox.setFault('/', { status: 503, body: 'starting' });
    await expect(action.execute(runContext(inputOf('up')))).rejects.toThrow(
      /503/,
    );
    await sandbox.close();
    await expect(action.execute(runContext(inputOf('up')))).rejects.toThrow();
  });
});
