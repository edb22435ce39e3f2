import { startGatewaySandbox } from './gateway/startGatewaySandbox';
import { startKubernetesSandbox } from './kubernetes';
import { startPrometheusSandbox } from './prometheus/startPrometheusSandbox';
import { startRedisSandbox } from './redis/startRedisSandbox';
import { startSandbox, type SandboxOptions } from './startSandbox';
import { startSupersetSandbox } from './superset/startSupersetSandbox';
import { HttpTraffic } from './workload/HttpTraffic';

/**
 * Where each server of the simulated lakehouse listens on 127.0.0.1.
 *
 * @public
 */
export interface LakehousePorts {
  readonly trino: number;
  readonly redis: number;
  /** Three nodes: this port and the next two. */
  readonly redisCluster: number;
  readonly superset: number;
  readonly prometheus: number;
  readonly kubernetes: number;
  readonly gateway: number;
}

const TRAFFIC_SEED = 3;

/** Another cluster behind the gateway, for heavy work. */
const ETL_SEED = 2;

/**
 * Starts everything that the demo looks at: Trino with its simulated users, a
 * cache, dashboards, metrics, a Kubernetes cluster, and a gateway before two Trinos.
 *
 * @public
 */
export async function startLakehouse(options: {
  ports: LakehousePorts;
  listener?: SandboxOptions['listener'];
  /** The example service, which people then use. */
  serviceUrl?: string;
}): Promise<{ close(): Promise<void> }> {
  const { ports, listener } = options;
  const started: Array<{ close(): Promise<void> }> = [];
  const keep = async <T extends { close(): Promise<void> }>(
    starting: Promise<T>,
  ): Promise<T> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const close = async () => {
    await Promise.all(started.reverse().map(server => server.close()));
  };
  try {
    const trino = await keep(
      startSandbox({ port: ports.trino, workload: true, listener }),
    );
    const etl = await keep(startSandbox({ seed: ETL_SEED }));
    await keep(startRedisSandbox({ port: ports.redis, workload: true }));
    await keep(
      startRedisSandbox({
        port: ports.redisCluster,
        cluster: true,
        workload: true,
      }),
    );
    await keep(startSupersetSandbox({ port: ports.superset }));
    await keep(startPrometheusSandbox({ port: ports.prometheus }));
    await keep(startKubernetesSandbox({ port: ports.kubernetes }));
    await keep(
      startGatewaySandbox({
        port: ports.gateway,
        adoptQueries: true,
        backends: [
          { name: 'analytics', routingGroup: 'adhoc', url: trino.trinoUrl },
          { name: 'etl', routingGroup: 'etl', url: etl.trinoUrl },
        ],
      }),
    );
    if (options.serviceUrl) {
      const traffic = HttpTraffic.start({
        url: options.serviceUrl,
        seed: TRAFFIC_SEED,
      });
      started.push({ close: async () => traffic.stop() });
    }
    return { close };
  } catch (error) {
    await close();
    throw error;
  }
}
