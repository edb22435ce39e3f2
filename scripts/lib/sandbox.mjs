import { answers } from './backstage.mjs';
import { nodeTransform } from './paths.mjs';

/** The embedded stand-in for a lakehouse. */
export const sandboxService = {
  name: 'sandbox',
  port: {
    variable: 'SANDBOX_PORT',
    fallback: 18480,
    what: 'the sandbox lakehouse',
  },
  command: process.execPath,
  args: ['--require', nodeTransform, 'packages/sandbox/src/cli.ts'],
  env: ({ ports, env }) => ({
    SANDBOX_PORT: String(ports.SANDBOX_PORT),
    SANDBOX_LISTENER_URL: `http://127.0.0.1:${ports.BACKEND_PORT}/api/lakehouse/ingest/trino/analytics`,
    SANDBOX_LISTENER_TOKEN: env.LAKEHOUSE_INGEST_TOKEN,
  }),
  check: ({ ports }) =>
    answers(`http://127.0.0.1:${ports.SANDBOX_PORT}/v1/info`),
};
