import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultSupersetConnection,
  readSupersetConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { createSupersetCollectors } from './createSupersetCollectors';

jest.setTimeout(120_000);

/** Set by `node stack/cli.mjs env`; without them there is no real server to run on. */
const {
  STACK_SUPERSET_URL: url,
  STACK_SUPERSET_USER: user = 'admin',
  STACK_SUPERSET_PASSWORD: password = 'admin',
} = process.env;

if (url) {
  describe('the Superset collectors on a real Superset', () => {
    const config = new ConfigReader({
      lakehouse: {
        superset: {
          connections: [
            {
              id: 'bi',
              url,
              auth: { user, password },
              databases: [{ name: 'trino', trino: 'analytics' }],
            },
          ],
        },
      },
    });
    const [entry] = readSupersetConnectionsConfig(config);
    const connection = DefaultSupersetConnection.create({ config: entry });
    const [alerts, dashboards] = createSupersetCollectors({
      connection,
      store: { table: async () => undefined },
      config,
      logger: mockServices.logger.mock(),
    });

    afterAll(async () => {
      await connection.close();
    });

    it('tell alerts with what their states mean, and their runs', async () => {
      const told = await collect(alerts);
      expect(ofType(told, 'GapOpened')).toEqual([]);
      const [observed] = ofType(told, 'AlertsObserved');
      const states = new Set(observed.alerts.map(one => one.state));
      expect(states).toContain('healthy');
      expect(states).toContain('error');
      expect(states).toContain('inactive');
      for (const one of observed.alerts) {
        expect(one.summary).toMatch(/\w/);
        expect(one.condition).toMatch(/^[<>=!]+ -?\d/);
      }
      const runs = ofType(told, 'AlertRunsObserved').flatMap(one => one.runs);
      expect(runs.length).toBeGreaterThan(0);
      for (const run of runs) {
        expect(run.startedAt).toMatch(/Z$/);
      }
    });

    it('tell dashboards with the Trino tables that they read', async () => {
      const told = await collect(dashboards);
      expect(ofType(told, 'GapOpened')).toEqual([]);
      const [observed] = ofType(told, 'DashboardsObserved');
      expect(observed.partial).toBeUndefined();
      const datasets = observed.dashboards.flatMap(one => one.datasets);
      expect(datasets).toContainEqual(
        expect.objectContaining({
          table: expect.objectContaining({
            connection: 'analytics',
            catalog: 'iceberg',
          }),
        }),
      );
      expect(datasets).toContainEqual(
        expect.objectContaining({ database: 'shop', table: undefined }),
      );
      expect(observed.dashboards.flatMap(one => one.charts)).not.toEqual([]);
    });
  });
}

describe('the collectors on a real Superset', () => {
  it('run when the variables of the stack are set', () => {
    expect(url).toBe(process.env.STACK_SUPERSET_URL);
  });
});
