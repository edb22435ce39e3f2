import { answers } from './backstage.mjs';
import { nodeTransform } from './paths.mjs';

const PORTS = [
  { variable: 'SANDBOX_PORT', fallback: 18480, what: "the sandbox's Trino" },
  {
    variable: 'SANDBOX_REDIS_PORT',
    fallback: 18479,
    what: "the sandbox's Redis",
  },
  {
    variable: 'SANDBOX_REDIS_CLUSTER_PORT',
    fallback: 18471,
    what: "the first node of the sandbox's Redis Cluster",
  },
  {
    variable: 'SANDBOX_SUPERSET_PORT',
    fallback: 18488,
    what: "the sandbox's Superset",
  },
  {
    variable: 'SANDBOX_PROMETHEUS_PORT',
    fallback: 18490,
    what: "the sandbox's Prometheus",
  },
  {
    variable: 'SANDBOX_KUBERNETES_PORT',
    fallback: 18446,
    what: "the sandbox's Kubernetes",
  },
  {
    variable: 'SANDBOX_GATEWAY_PORT',
    fallback: 18484,
    what: "the sandbox's Trino Gateway",
  },
];

/** The embedded stand-in for a lakehouse. */
export const sandboxService = {
  name: 'sandbox',
  ports: PORTS,
  command: process.execPath,
  args: ['--require', nodeTransform, 'packages/sandbox/src/cli.ts'],
  env: ({ ports, env }) => ({
    SANDBOX_LISTENER_URL: `http://127.0.0.1:${ports.BACKEND_PORT}/api/lakehouse/ingest/trino/analytics`,
    SANDBOX_LISTENER_TOKEN: env.LAKEHOUSE_INGEST_TOKEN,
    SANDBOX_SERVICE_URL: `http://127.0.0.1:${ports.PERSONAL_API_PORT}`,
  }),
  check: ({ ports }) =>
    answers(`http://127.0.0.1:${ports.SANDBOX_PORT}/v1/info`),
};
