import { parseArgs } from 'node:util';
import { composeEnv } from './commands/composeEnv.mjs';
import { env } from './commands/env.mjs';
import { seed } from './commands/seed.mjs';
import { start } from './commands/start.mjs';
import { status } from './commands/status.mjs';
import { stop } from './commands/stop.mjs';
import { DEFAULT_SERVICE_NAMES, SERVICE_NAMES } from './lib/services.mjs';

const EXTRAS = SERVICE_NAMES.filter(
  name => !DEFAULT_SERVICE_NAMES.includes(name),
).join(', ');

const USAGE = `Usage: node stack/cli.mjs <command> [options]

  start         start the servers, fill Trino with demo tables, run until Ctrl-C
                --only trino,redis   only these, and what they can't do without
                --with gateway,oidc  these on top
                --detach             return when all is ready; end it with 'stop'
                --trino 470          another Trino version
                --no-seed            no demo tables
                --split-cache        Superset with the mistake that it invalidates nothing
  stop          stop what was started (--only for some of it)
  status        what runs
  seed          make missing demo tables (with names: only those)
                --reset              drop and make them anew
  env           variables for the app and the tests, as KEY=value lines
  compose-env   the same and more, for the .env file of compose.yaml

Services: ${DEFAULT_SERVICE_NAMES.join(', ')}; only when asked for: ${EXTRAS}.
What it needs and makes is told in docs/stack.md.
`;

const COMMANDS = {
  start,
  stop,
  status,
  seed,
  env,
  'compose-env': composeEnv,
};

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    with: { type: 'string' },
    detach: { type: 'boolean', default: false },
    trino: { type: 'string' },
    'no-seed': { type: 'boolean', default: false },
    'split-cache': { type: 'boolean', default: false },
    reset: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [commandName, ...names] = positionals;
const command = COMMANDS[commandName];
if (options.help || command === undefined) {
  process.stdout.write(USAGE);
  process.exitCode = options.help ? 0 : 2;
} else {
  try {
    process.exitCode = await command({ options, names });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
