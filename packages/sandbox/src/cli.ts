import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startSandbox } from './startSandbox';

const DEFAULT_PORT = 18480;

const settingsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_PORT),
  listenerUrl: z.url().optional(),
  listenerToken: z.string().min(1).optional(),
});

function readSettings() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'listener-url': { type: 'string' },
      'listener-token': { type: 'string' },
    },
  });
  const { env } = process;
  return settingsSchema.parse({
    port: values.port ?? env.SANDBOX_PORT,
    listenerUrl: values['listener-url'] ?? env.SANDBOX_LISTENER_URL,
    listenerToken: values['listener-token'] ?? env.SANDBOX_LISTENER_TOKEN,
  });
}

async function main(): Promise<void> {
  const { port, listenerUrl, listenerToken } = readSettings();
  const sandbox = await startSandbox({
    port,
    workload: true,
    listener: listenerUrl
      ? {
          url: listenerUrl,
          headers: listenerToken
            ? { Authorization: `Bearer ${listenerToken}` }
            : undefined,
        }
      : undefined,
  });
  process.stdout.write(`sandbox trino ready on ${sandbox.trinoUrl}\n`);
  const stop = () => {
    sandbox.close().then(
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
