import { z } from 'zod';
import { startLakehouse } from './startLakehouse';

const port = (usual: number) =>
  z.coerce.number().int().min(0).max(65_535).default(usual);

/** All from the environment: ports on 127.0.0.1, where Trino's query events go, and which service people use. */
const settingsSchema = z.object({
  SANDBOX_PORT: port(18_480),
  SANDBOX_REDIS_PORT: port(18_479),
  SANDBOX_REDIS_CLUSTER_PORT: port(18_471),
  SANDBOX_SUPERSET_PORT: port(18_488),
  SANDBOX_PROMETHEUS_PORT: port(18_490),
  SANDBOX_KUBERNETES_PORT: port(18_446),
  SANDBOX_GATEWAY_PORT: port(18_484),
  SANDBOX_LISTENER_URL: z.url().optional(),
  SANDBOX_LISTENER_TOKEN: z.string().min(1).optional(),
  SANDBOX_SERVICE_URL: z.url().optional(),
});

async function main(): Promise<void> {
  const settings = settingsSchema.parse(process.env);
  const { SANDBOX_LISTENER_URL: url, SANDBOX_LISTENER_TOKEN: token } = settings;
  const lakehouse = await startLakehouse({
    ports: {
      trino: settings.SANDBOX_PORT,
      redis: settings.SANDBOX_REDIS_PORT,
      redisCluster: settings.SANDBOX_REDIS_CLUSTER_PORT,
      superset: settings.SANDBOX_SUPERSET_PORT,
      prometheus: settings.SANDBOX_PROMETHEUS_PORT,
      kubernetes: settings.SANDBOX_KUBERNETES_PORT,
      gateway: settings.SANDBOX_GATEWAY_PORT,
    },
    listener: url
      ? {
          url,
          headers: token ? { Authorization: `Bearer ${token}` } : undefined,
        }
      : undefined,
    serviceUrl: settings.SANDBOX_SERVICE_URL,
  });
  process.stdout.write(
    `sandbox lakehouse ready, Trino on http://127.0.0.1:${settings.SANDBOX_PORT}\n`,
  );
  const stop = () => {
    lakehouse.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch(error => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The sandbox did not start: ${message}\n`);
  process.exit(1);
});
