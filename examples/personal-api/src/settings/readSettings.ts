import { z } from 'zod';

const SOURCE = 'personal-api';
const TABLE = /^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*){2}$/;

const flag = z.enum(['on', 'off']).transform(value => value === 'on');
const number = (min: number, max: number) =>
  z.coerce.number().min(min).max(max);

const settingsSchema = z
  .object({
    PERSONAL_API_PORT: number(0, 65_535).default(18_500),
    PERSONAL_API_ADMIN_PORT: number(0, 65_535).default(18_501),
    PERSONAL_API_TRINO_URL: z.url().default('http://127.0.0.1:18480'),
    PERSONAL_API_TRINO_USER: z.string().min(1).default('svc-personal-api'),
    PERSONAL_API_TRINO_PASSWORD: z.string().min(1).optional(),
    PERSONAL_API_TABLE: z
      .string()
      .regex(TABLE, 'is not catalog.schema.table in lower case')
      .default('iceberg.lake.orders_stale_stats'),
    PERSONAL_API_QUERY_TIMEOUT_SECONDS: number(1, 300).default(20),
    PERSONAL_API_MAX_LOADS: number(1, 1_000).default(64),
    PERSONAL_API_REDIS_URL: z.url().default('redis://127.0.0.1:18479'),
    PERSONAL_API_REDIS_CLUSTER_NODES: z
      .string()
      .transform(nodes => nodes.split(',').map(node => node.trim()))
      .pipe(z.array(z.string().regex(/^[^:]+:\d+$/, 'is not host:port')))
      .optional(),
    PERSONAL_API_COALESCING: flag.default(true),
    PERSONAL_API_EARLY_EXPIRATION: flag.default(true),
    PERSONAL_API_TTL_SECONDS: number(1, 86_400).optional(),
    PERSONAL_API_LAKEHOUSE_URL: z.url().optional(),
    PERSONAL_API_LAKEHOUSE_TOKEN: z.string().min(1).optional(),
    PERSONAL_API_LAKEHOUSE_CACHE: z.string().min(1).default('cache'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  })
  .refine(
    env =>
      (env.PERSONAL_API_LAKEHOUSE_URL === undefined) ===
      (env.PERSONAL_API_LAKEHOUSE_TOKEN === undefined),
    {
      path: ['PERSONAL_API_LAKEHOUSE_TOKEN'],
      error: 'and PERSONAL_API_LAKEHOUSE_URL are told together or not at all',
    },
  );

/** How the service runs. */
export interface PersonalApiSettings {
  /** Of the API; 0 for a free one. */
  readonly port: number;
  /** Of the admin routes, on loopback only. */
  readonly adminPort: number;
  /** Name under which Trino and Backstage know the service. */
  readonly source: string;
  readonly trino: {
    readonly url: string;
    readonly user: string;
    readonly password?: string;
    readonly queryTimeoutMs: number;
  };
  /** catalog.schema.table with the columns of TPC-H's orders. */
  readonly table: string;
  /** Queries of Trino that may run at once. */
  readonly maxLoads: number;
  readonly redis: {
    readonly url: string;
    /** host:port, instead of the URL. */
    readonly clusterNodes?: readonly string[];
  };
  readonly cache: {
    readonly coalescing: boolean;
    readonly earlyExpiration: boolean;
    /** For all entries, instead of one by the freshness of the data. */
    readonly ttlSeconds?: number;
  };
  /** Where the use of the cache is told. */
  readonly lakehouse?: {
    readonly url: string;
    readonly token: string;
    readonly connection: string;
  };
  readonly exportTraces: boolean;
}

/**
 * Reads the settings from the environment.
 *
 * @throws Error that names the variables that are not as they should be
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): PersonalApiSettings {
  const parsed = settingsSchema.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new Error(`The environment can't be used. ${issues.join('; ')}`);
  }
  const read = parsed.data;
  const url = read.PERSONAL_API_LAKEHOUSE_URL;
  const token = read.PERSONAL_API_LAKEHOUSE_TOKEN;
  return {
    port: read.PERSONAL_API_PORT,
    adminPort: read.PERSONAL_API_ADMIN_PORT,
    source: SOURCE,
    trino: {
      url: read.PERSONAL_API_TRINO_URL,
      user: read.PERSONAL_API_TRINO_USER,
      password: read.PERSONAL_API_TRINO_PASSWORD,
      queryTimeoutMs: read.PERSONAL_API_QUERY_TIMEOUT_SECONDS * 1_000,
    },
    table: read.PERSONAL_API_TABLE,
    maxLoads: read.PERSONAL_API_MAX_LOADS,
    redis: {
      url: read.PERSONAL_API_REDIS_URL,
      clusterNodes: read.PERSONAL_API_REDIS_CLUSTER_NODES,
    },
    cache: {
      coalescing: read.PERSONAL_API_COALESCING,
      earlyExpiration: read.PERSONAL_API_EARLY_EXPIRATION,
      ttlSeconds: read.PERSONAL_API_TTL_SECONDS,
    },
    lakehouse:
      url && token
        ? { url, token, connection: read.PERSONAL_API_LAKEHOUSE_CACHE }
        : undefined,
    exportTraces: read.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
  };
}
