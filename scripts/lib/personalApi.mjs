import { answers } from './backstage.mjs';
import { nodeTransform } from './paths.mjs';

/** The example service: what incidents happen to. It tells the backend how it uses its cache. */
export const personalApiService = {
  name: 'personal-api',
  ports: [
    {
      variable: 'PERSONAL_API_PORT',
      fallback: 18500,
      what: 'the example service',
    },
    {
      variable: 'PERSONAL_API_ADMIN_PORT',
      fallback: 18501,
      what: "the example service's admin routes",
    },
  ],
  command: process.execPath,
  args: ['--require', nodeTransform, 'examples/personal-api/src/main.ts'],
  env: ({ ports, env }) => ({
    PERSONAL_API_TRINO_URL: `http://127.0.0.1:${ports.SANDBOX_PORT}`,
    PERSONAL_API_REDIS_URL: `redis://127.0.0.1:${ports.SANDBOX_REDIS_PORT}`,
    PERSONAL_API_LAKEHOUSE_URL: `http://127.0.0.1:${ports.BACKEND_PORT}`,
    PERSONAL_API_LAKEHOUSE_TOKEN: env.LAKEHOUSE_INGEST_TOKEN,
    PERSONAL_API_LAKEHOUSE_CACHE: 'cache',
  }),
  check: ({ ports }) =>
    answers(`http://127.0.0.1:${ports.PERSONAL_API_PORT}/health`),
};
