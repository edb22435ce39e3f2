import { resolve } from 'node:path';
import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { isUrl, type RunbookSource } from './RunbookSource';

const MAX_LOCATIONS = 500;
const MIN_REFRESH_MS = 1_000;

/** What the config says of runbook files. */
export interface RunbookFilesConfig {
  readonly sources: readonly RunbookSource[];
  /** How often they are read again. */
  readonly refreshMs: number;
}

/**
 * Reads `runbooks.locations` and `runbooks.refresh`.
 *
 * @throws InputError that names the field which can't be used
 */
export function readRunbookFilesConfig(root: Config): RunbookFilesConfig {
  const config = root.getOptionalConfig('runbooks');
  const locations = config?.getOptionalConfigArray('locations') ?? [];
  if (locations.length > MAX_LOCATIONS) {
    throw new InputError(
      `runbooks.locations has ${locations.length} entries, and at most ${MAX_LOCATIONS} are read. Remove some, or name folders with a * as the file's name.`,
    );
  }
  const refreshMs = config?.has('refresh')
    ? durationToMilliseconds(readDurationFromConfig(config, { key: 'refresh' }))
    : 60_000;
  if (refreshMs < MIN_REFRESH_MS) {
    throw new InputError(
      `runbooks.refresh is ${refreshMs} ms. Write at least ${MIN_REFRESH_MS} ms, or leave it out for a minute.`,
    );
  }
  return { sources: locations.map(readLocation), refreshMs };
}

function readLocation(location: Config, index: number): RunbookSource {
  const type = location.getString('type');
  const target = location.getString('target');
  const field = `runbooks.locations[${index}]`;
  if (type === 'url') {
    if (isUrl(target)) {
      return { location: target, place: { type: 'url', url: target } };
    }
    throw new InputError(
      `${field}.target is '${target}', which is no http or https URL. Write one, or set the type to file.`,
    );
  }
  if (type === 'file') {
    return { location: target, place: { type: 'file', path: resolve(target) } };
  }
  throw new InputError(`${field}.type is '${type}'. Write file or url.`);
}
