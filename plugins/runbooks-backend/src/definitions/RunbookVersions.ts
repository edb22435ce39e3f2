import type { RunbookVersion } from '../engine/ports';

/** Keeps every version of runbook files that was ever used. */
export interface RunbookVersions {
  /** Keeps a version, as the last good one of its file. Again makes no difference. */
  keep(version: RunbookVersion): Promise<void>;
  get(hash: string): Promise<RunbookVersion | undefined>;
  /** The last version of a file that could be used. */
  lastGood(source: string): Promise<RunbookVersion | undefined>;
}
