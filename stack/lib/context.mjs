import { createPaths, createStateFolders } from './paths.mjs';
import { createProgress } from './progress.mjs';
import { createRecords } from './records.mjs';
import { readSettings } from './settings.mjs';
import { createSupervisor } from './supervisor.mjs';

/** What every command needs: settings, paths, progress lines, and the supervisor over the recorded processes. */
export function createContext({ options, env = process.env }) {
  const settings = readSettings({ env, options });
  const paths = createPaths(settings);
  createStateFolders(paths);
  const progress = createProgress();
  const records = createRecords({ fileOf: paths.recordFile });
  const supervisor = createSupervisor({ settings, paths, records, progress });
  return { settings, paths, progress, records, supervisor };
}
