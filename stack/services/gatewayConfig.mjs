/** Who may log in to Trino Gateway. */
export const GATEWAY_USER = 'lakehouse-ops';

/** The group of queries that ask for none. */
const DEFAULT_GROUP = 'adhoc';

/** Trino's user that the gateway reads metrics as. */
const MONITOR_USER = 'monitor';

/**
 * The configuration file of Trino Gateway 20.
 *
 * @param {{ ports: Record<string, number>, secrets: Record<string, string>, keys: { privateKey: string, publicKey: string } }} options
 */
export function gatewayConfig({ ports, secrets, keys }) {
  return {
    serverConfig: {
      'node.environment': 'stack',
      'node.bind-ip': '127.0.0.1',
      'http-server.http.port': ports.gateway,
    },
    dataStore: {
      jdbcUrl: `jdbc:postgresql://127.0.0.1:${ports.postgres}/gateway`,
      user: 'gateway',
      password: secrets.gatewayPostgresPassword,
      driver: 'org.postgresql.Driver',
      queryHistoryHoursRetention: 24,
    },
    // The one monitor that tells how many queries run and wait.
    clusterStatsConfiguration: { monitorType: 'METRICS' },
    backendState: { username: MONITOR_USER, password: '' },
    monitor: { taskDelay: '5s' },
    routing: { defaultRoutingGroup: DEFAULT_GROUP },
    // Without it, any statement that says kill_query is answered by an empty 500.
    requestAnalyzerConfig: { analyzeRequest: true },
    authentication: {
      defaultType: 'form',
      form: {
        selfSignKeyPair: {
          privateKeyRsa: keys.privateKey,
          publicKeyRsa: keys.publicKey,
        },
      },
    },
    presetUsers: {
      [GATEWAY_USER]: {
        password: secrets.gatewayPassword,
        privileges: 'ADMIN_USER_API',
      },
    },
    authorization: {
      admin: '(.*)ADMIN(.*)',
      user: '(.*)USER(.*)',
      api: '(.*)API(.*)',
    },
  };
}

/** The Trinos behind the gateway, one a routing group. */
export function gatewayBackends({ trinoHttp, trino2Http }) {
  return [
    { name: 'trino-adhoc', port: trinoHttp, routingGroup: DEFAULT_GROUP },
    { name: 'trino-etl', port: trino2Http, routingGroup: 'etl' },
  ].map(({ name, port, routingGroup }) => ({
    name,
    proxyTo: `http://127.0.0.1:${port}`,
    externalUrl: `http://127.0.0.1:${port}`,
    active: true,
    routingGroup,
  }));
}
