import { readSettings } from './settings/readSettings';
import { startPersonalApi } from './startPersonalApi';
import { startTracing } from './tracing/startTracing';

const MIN_LOG_INTERVAL_MS = 1_000;

/** One line a second at most: what goes wrong, goes wrong often. */
function createLog(): (error: unknown) => void {
  let lastAt = -Infinity;
  let left = 0;
  return error => {
    const now = performance.now();
    if (now - lastAt < MIN_LOG_INTERVAL_MS) {
      left += 1;
      return;
    }
    const more = left ? ` (and ${left} before)` : '';
    lastAt = now;
    left = 0;
    process.stderr.write(`personal-api: ${describe(error)}${more}\n`);
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main() {
  const settings = readSettings(process.env);
  const stopTracing = startTracing({
    serviceName: settings.source,
    exportTraces: settings.exportTraces,
  });
  const log = createLog();
  const api = await startPersonalApi(settings, log);
  process.stdout.write(
    `personal-api ready on ${api.url}, admin on ${api.adminUrl}\n`,
  );
  const stop = () => {
    api
      .stop()
      .then(stopTracing)
      .then(
        () => process.exit(0),
        error => {
          log(error);
          process.exit(1);
        },
      );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch(error => {
  process.stderr.write(`personal-api did not start: ${describe(error)}\n`);
  process.exit(1);
});
