import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  DefaultGatewayConnection,
  readGatewayConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { testRunbookAction } from '@lakehouse-ops/plugin-runbooks-node/testUtils';
import {
  type GatewaySandbox,
  startGatewaySandbox,
} from '@lakehouse-ops/sandbox';
import { runContext } from '../../__testUtils__/runContext';
import { createCheckBackendAction } from './createCheckBackendAction';

const ETL = { connection: 'gw', backend: 'trino-etl' };

jest.setTimeout(60_000);

describe('gateway:check-backend', () => {
  let sandbox: GatewaySandbox;
  let gateway: DefaultGatewayConnection;

  beforeEach(async () => {
    sandbox = await startGatewaySandbox({ monitorEveryMs: 50 });
    const [config] = readGatewayConnectionsConfig(
      new ConfigReader({
        lakehouse: {
          trinoGateway: {
            connections: [
              { id: 'gw', url: sandbox.url, monitorType: 'METRICS' },
            ],
          },
        },
      }),
    );
    gateway = DefaultGatewayConnection.create(config);
  });

  afterEach(async () => {
    await gateway.close();
    await sandbox.close();
  });

  const setUp = () =>
    createCheckBackendAction({
      connections: {
        list: () => [gateway],
        get: id => {
          if (id === gateway.id) return gateway;
          throw new NotFoundError(`There is no gateway '${id}'`);
        },
      },
    });

  it('tells that a backend gets queries, and its routing group', async () => {
    const { output, preview } = await testRunbookAction({
      action: setUp(),
      input: ETL,
    });
    expect(output).toMatchObject({ active: true, routingGroup: 'etl' });
    expect(preview.summary).toContain('Backend trino-etl gets new queries');
  });

  it('tells that a deactivated one gets none, so that an assertion fails', async () => {
    await gateway.setActive('trino-etl', { active: false });
    const { output, preview } = await testRunbookAction({
      action: setUp(),
      input: ETL,
    });
    expect(output.active).toBe(false);
    expect(preview.summary).toContain('gets no new queries');
  });

  it('names the backends there are when it is told another', async () => {
    await expect(
      setUp().execute(runContext({ ...ETL, backend: 'elsewhere' })),
    ).rejects.toThrow(/no backend 'elsewhere'. It has: .*trino-etl/);
  });

  it('says that the gateway does not answer', async () => {
    const action = setUp();
    await sandbox.close();
    await expect(action.execute(runContext(ETL))).rejects.toThrow(
      /ECONNREFUSED|reach|answer/,
    );
    await expect(
      action.preflight({
        target: action.target(ETL),
        signal: new AbortController().signal,
      }),
    ).resolves.toMatchObject({
      allowed: false,
      reason: expect.stringContaining("Trino Gateway gw can't be asked"),
    });
  });
});
