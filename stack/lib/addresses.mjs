/**
 * Where the servers reach each other, as host:port: on this machine.
 *
 * @param {{ ports: Record<string, number>, metricsPort: number, personalApiPort: number }} settings
 */
export function localAddresses({ ports, metricsPort, personalApiPort }) {
  return {
    postgres: `127.0.0.1:${ports.postgres}`,
    redis: `127.0.0.1:${ports.redis}`,
    trino: `127.0.0.1:${ports.trinoHttp}`,
    trino2: `127.0.0.1:${ports.trino2Http}`,
    superset: `127.0.0.1:${ports.superset}`,
    prometheus: `127.0.0.1:${ports.prometheus}`,
    gateway: `127.0.0.1:${ports.gateway}`,
    backendMetrics: `127.0.0.1:${metricsPort}`,
    personalApi: `127.0.0.1:${personalApiPort}`,
  };
}

/** The same in the network of compose.yaml, where a server's name is its host. */
export function dockerAddresses({ ports, metricsPort, personalApiPort }) {
  return {
    postgres: 'postgres:5432',
    redis: 'redis:6379',
    trino: `trino:${ports.trinoHttp}`,
    trino2: `trino2:${ports.trino2Http}`,
    superset: `superset:${ports.superset}`,
    prometheus: `localhost:${ports.prometheus}`,
    gateway: `gateway:${ports.gateway}`,
    backendMetrics: `host.docker.internal:${metricsPort}`,
    personalApi: `host.docker.internal:${personalApiPort}`,
  };
}
