import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

const DEFAULT_COOLDOWN = { minutes: 30 };
const DEFAULT_MAX_ALERT_AGE = { minutes: 10 };

/** What may start by itself. */
export interface TriggersConfig {
  /** Names of runbooks; none start by themselves unless named. */
  readonly allowed: ReadonlySet<string>;
  /** An alert starts nothing on a target on which the same runbook ran so lately. */
  readonly cooldownMs: number;
  /** An alert that was heard so long ago, and could not start a run since, starts none any more. */
  readonly maxAlertAgeMs: number;
}

/**
 * Reads `runbooks.triggers`.
 *
 * @throws InputError that names the field
 */
export function readTriggersConfig(root: Config): TriggersConfig {
  const config = root.getOptionalConfig('runbooks.triggers');
  const durationMs = (key: string, unlessTold: HumanDuration) => {
    const duration = config?.has(key)
      ? readDurationFromConfig(config, { key })
      : unlessTold;
    const ms = durationToMilliseconds(duration);
    if (ms >= 0) return ms;
    throw new InputError(`runbooks.triggers.${key} must not be below 0`);
  };
  return {
    allowed: new Set(config?.getOptionalStringArray('allowed') ?? []),
    cooldownMs: durationMs('cooldown', DEFAULT_COOLDOWN),
    maxAlertAgeMs: durationMs('maxAlertAge', DEFAULT_MAX_ALERT_AGE),
  };
}
