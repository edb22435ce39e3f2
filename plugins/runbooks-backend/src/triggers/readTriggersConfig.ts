import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_COOLDOWN = { minutes: 30 };

/** What may start by itself. */
export interface TriggersConfig {
  /** Names of runbooks; none start by themselves unless named. */
  readonly allowed: ReadonlySet<string>;
  /** An alert starts nothing on a target on which the same runbook ran so lately. */
  readonly cooldownMs: number;
}

/**
 * Reads `runbooks.triggers`.
 *
 * @throws InputError that names the field
 */
export function readTriggersConfig(root: Config): TriggersConfig {
  const config = root.getOptionalConfig('runbooks.triggers');
  const cooldownMs = durationToMilliseconds(
    config?.has('cooldown')
      ? readDurationFromConfig(config, { key: 'cooldown' })
      : DEFAULT_COOLDOWN,
  );
  if (cooldownMs < 0) {
    throw new InputError('runbooks.triggers.cooldown must not be below 0');
  }
  return {
    allowed: new Set(config?.getOptionalStringArray('allowed') ?? []),
    cooldownMs,
  };
}
