import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import {
  DefaultGatewayConnection,
  DefaultTrinoConnection,
  readGatewayConnectionsConfig,
  readTrinoConnectionsConfig,
  type SystemConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { runContext } from '../../__testUtils__/runContext';
import { createGatewayActions } from './createGatewayActions';

/** Set by `node stack/cli.mjs env`; without them there is no real gateway to run on. */
const {
  STACK_GATEWAY_URL: url,
  STACK_GATEWAY_USER: user,
  STACK_GATEWAY_PASSWORD: password,
  STACK_TRINO2_HTTP_URL: etlUrl,
} = process.env;

const LONG_SQL = 'SELECT count(DISTINCT comment) FROM tpch.sf1000.lineitem';
const ETL = { connection: 'gateway', backend: 'trino-etl' };

function registry<T extends { readonly id: string }>(
  connections: readonly T[],
): SystemConnections<T> {
  return {
    list: () => connections,
    get: id => {
      const found = connections.find(one => one.id === id);
      if (!found) throw new NotFoundError(id);
      return found;
    },
  };
}

if (url && etlUrl) {
  describe('the actions on a real Trino Gateway', () => {
    jest.setTimeout(120_000);

    it('drains a backend and brings it back', async () => {
      const config = new ConfigReader({
        lakehouse: {
          trino: {
            connections: [{ id: 'etl', url: etlUrl, user: 'lakehouse-ops' }],
          },
          trinoGateway: {
            connections: [
              {
                id: 'gateway',
                url,
                monitorType: 'METRICS',
                auth: user ? { type: 'form', user, password } : undefined,
                backends: [{ name: 'trino-etl', trino: 'etl' }],
              },
            ],
          },
        },
      });
      const gateways = readGatewayConnectionsConfig(config).map(entry =>
        DefaultGatewayConnection.create(entry),
      );
      const trino = readTrinoConnectionsConfig(config).map(entry =>
        DefaultTrinoConnection.create({
          config: entry,
          logger: mockServices.logger.mock(),
        }),
      );
      const [deactivate, activate] = createGatewayActions({
        connections: registry(gateways),
        trino: registry(trino),
        connectionChanged: () => {},
      });
      const sent = await fetch(`${url}/v1/statement`, {
        method: 'POST',
        headers: {
          'x-trino-user': 'alice',
          'x-trino-routing-group': 'etl',
        },
        body: LONG_SQL,
      });
      const { id: queryId } = await sent.json();
      try {
        const input = deactivate.schema.input.parse(ETL);
        const { content } = await deactivate.preview(runContext(input));
        expect(content.warnings.join(' ')).toContain('silently');
        const context = runContext(input);
        const running = deactivate.execute(context);
        await sleep(5000);
        expect(context.lines.join('\n')).toContain('are still there');
        await trino[0].kill(queryId, 'The test has seen it running');
        const output = await running;
        expect(output).toMatchObject({ drained: true });
        expect(await deactivate.verify({ ...context, output })).toMatchObject({
          outcome: 'verified',
        });
      } finally {
        const input = activate.schema.input.parse(ETL);
        const context = runContext(input);
        const output = await activate.execute(context);
        expect(await activate.verify({ ...context, output })).toMatchObject({
          outcome: 'verified',
        });
        await Promise.all([...gateways, ...trino].map(one => one.close()));
      }
    });
  });
}

describe('the actions on a real gateway', () => {
  it('run when the variables of the stack are set', () => {
    expect(url).toBe(process.env.STACK_GATEWAY_URL);
  });
});
