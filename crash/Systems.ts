import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultGatewayConnection,
  DefaultSupersetConnection,
  DefaultTrinoConnection,
  readGatewayConnectionsConfig,
  readSupersetConnectionsConfig,
  readTrinoConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  type KubernetesSandbox,
  startKubernetesSandbox,
} from '@lakehouse-ops/sandbox';
import type { CrashCase } from './cases/CrashCase';
import { gatewayCases } from './cases/gatewayCases';
import { kubernetesCases } from './cases/kubernetesCases';
import { readingCases } from './cases/readingCases';
import { redisCases } from './cases/redisCases';
import { supersetCases } from './cases/supersetCases';
import { SCHEMA, trinoCases } from './cases/trinoCases';

/** The real systems, as the suite itself looks at them. */
export class Systems {
  readonly cases: readonly CrashCase[];
  /** For the processes that are killed. */
  readonly env: Record<string, string>;
  readonly #close: () => Promise<void>;

  static async open(env: NodeJS.ProcessEnv): Promise<Systems> {
    const config = new ConfigReader({
      lakehouse: {
        trino: {
          connections: [
            {
              id: 'analytics',
              url: env.STACK_TRINO_HTTP_URL,
              user: 'lakehouse-ops',
            },
          ],
        },
        superset: {
          connections: [
            {
              id: 'bi',
              url: env.STACK_SUPERSET_URL,
              auth: {
                user: env.STACK_SUPERSET_USER,
                password: env.STACK_SUPERSET_PASSWORD,
              },
            },
          ],
        },
        trinoGateway: {
          connections: [
            {
              id: 'gateway',
              url: env.STACK_GATEWAY_URL,
              monitorType: 'METRICS',
              auth: {
                type: 'form',
                user: env.STACK_GATEWAY_USER,
                password: env.STACK_GATEWAY_PASSWORD,
              },
            },
          ],
        },
      },
    });
    const [trino] = readTrinoConnectionsConfig(config).map(entry =>
      DefaultTrinoConnection.create({
        config: entry,
        logger: mockServices.rootLogger({ level: 'error' }),
      }),
    );
    const [superset] = readSupersetConnectionsConfig(config).map(entry =>
      DefaultSupersetConnection.create({ config: entry }),
    );
    const [gateway] = readGatewayConnectionsConfig(config).map(entry =>
      DefaultGatewayConnection.create(entry),
    );
    const kubernetes = await startKubernetesSandbox({ speed: 20 });
    const redis = redisCases({
      url: env.STACK_REDIS_URL ?? '',
      clusterNodes: (env.STACK_REDIS_CLUSTER_NODES ?? '').split(','),
    });
    const schema = `CREATE SCHEMA IF NOT EXISTS iceberg.${SCHEMA}`;
    await trino.query(schema);
    return new Systems({
      kubernetes,
      cases: [
        ...trinoCases(trino, env.STACK_TRINO_HTTP_URL ?? ''),
        ...redis.cases,
        ...supersetCases(superset),
        ...gatewayCases(gateway),
        ...kubernetesCases(kubernetes),
        ...readingCases(superset),
      ],
      close: async () => {
        await trino.query(`DROP SCHEMA iceberg.${SCHEMA} CASCADE`);
        redis.close();
        await Promise.all([
          trino.close(),
          superset.close(),
          gateway.close(),
          kubernetes.close(),
        ]);
      },
    });
  }

  private constructor(options: {
    kubernetes: KubernetesSandbox;
    cases: readonly CrashCase[];
    close: () => Promise<void>;
  }) {
    this.cases = options.cases;
    this.env = {
      CRASH_KUBERNETES_URL: options.kubernetes.url,
      CRASH_KUBERNETES_TOKEN: 'sandbox-operator',
    };
    this.#close = options.close;
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
