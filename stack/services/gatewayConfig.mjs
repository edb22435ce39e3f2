/** Who may log in to Trino Gateway. */
export const GATEWAY_USER = 'lakehouse-ops';

/** The group of queries that ask for none. */
const DEFAULT_GROUP = 'adhoc';

/** Trino's user that the gateway reads metrics as. */
const MONITOR_USER = 'monitor';

/**
 * The configuration file of Trino Gateway 20.
 *
 * @param {{ port: number, bindIp: string, addresses: Record<string, string>, secrets: Record<string, string>, keys: { privateKey: string, publicKey: string } }} options
 */
export function gatewayConfig({ port, bindIp, addresses, secrets, keys }) {
  return {
    serverConfig: {
      'node.environment': 'stack',
      'node.bind-ip': bindIp,
      'http-server.http.port': port,
    },
    dataStore: {
      jdbcUrl: `jdbc:postgresql://${addresses.postgres}/gateway`,
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
export function gatewayBackends(addresses) {
  return [
    {
      name: 'trino-adhoc',
      address: addresses.trino,
      routingGroup: DEFAULT_GROUP,
    },
    { name: 'trino-etl', address: addresses.trino2, routingGroup: 'etl' },
  ].map(({ name, address, routingGroup }) => ({
    name,
    proxyTo: `http://${address}`,
    externalUrl: `http://${address}`,
    active: true,
    routingGroup,
  }));
}
