/** What a client said of itself when it sent a statement. */
export interface ClientSession {
  user: string;
  source?: string;
  catalog?: string;
  schema?: string;
  clientTags: string[];
  clientInfo?: string;
  traceToken?: string;
  capabilities: string[];
  /** Session properties by name; a catalog's have its name before a dot. */
  properties: Map<string, string>;
  preparedStatements: Map<string, string>;
  remoteAddress: string;
  userAgent: string;
}

/** A session of the simulated workload. */
export function workloadSession(options: {
  user: string;
  source?: string;
  clientTags?: string[];
  userAgent?: string;
}): ClientSession {
  return {
    user: options.user,
    source: options.source,
    catalog: 'iceberg',
    schema: 'gold',
    clientTags: options.clientTags ?? [],
    capabilities: ['PARAMETRIC_DATETIME'],
    properties: new Map(),
    preparedStatements: new Map(),
    remoteAddress: '10.20.0.14',
    userAgent: options.userAgent ?? 'trino-python-client/0.333.0',
  };
}
