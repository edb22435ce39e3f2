import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

const SHORTEST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** How often what is done for SLOs. */
export interface SloSchedules {
  /** Files of definitions are looked at. */
  readonly definitions: HumanDuration;
  /** What is looked at once a minute is counted, and the newest minutes corrected. */
  readonly counting: HumanDuration;
  /** Budgets and alerts are judged. */
  readonly evaluation: HumanDuration;
}

/** @throws InputError that names the field which can't be used */
export function readSloSchedules(config: Config): SloSchedules {
  const read = (key: string, fallback: HumanDuration): HumanDuration => {
    const path = `lakehouse.slo.${key}.frequency`;
    if (!config.has(path)) return fallback;
    const told = readDurationFromConfig(config, { key: path });
    const ms = durationToMilliseconds(told);
    if (ms < SHORTEST_MS || ms > LONGEST_MS) {
      throw new InputError(
        `${path} is ${
          ms / 1_000
        } s. Set it between 5 seconds and 1 hour, or leave it out.`,
      );
    }
    return told;
  };
  return {
    definitions: read('definitions', { seconds: 60 }),
    counting: read('counting', { seconds: 20 }),
    evaluation: read('evaluation', { seconds: 15 }),
  };
}
