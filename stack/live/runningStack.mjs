import { createContext } from '../lib/context.mjs';
import { loadSecrets } from '../lib/secrets.mjs';
import { runningServices, stackVariables } from '../commands/env.mjs';

/** What runs of the stack, and the variables to reach it with. */
export function runningStack() {
  const { settings, paths, records } = createContext({ options: {} });
  const services = runningServices(records);
  const env = stackVariables({
    settings,
    paths,
    secrets: loadSecrets(paths.secretsFile),
    services,
  });
  return {
    env,
    has: name => services.includes(name),
    isSupersetCacheSplit: /split/.test(
      records.readRunning('superset')?.version,
    ),
  };
}
