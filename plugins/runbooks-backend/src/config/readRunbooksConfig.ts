import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { RunLimits } from '@lakehouse-ops/plugin-runbooks-common';

import {
  type ActionApproval,
  readApprovalConfig,
} from '../approvals/readApprovalConfig';
import { readLimits } from '../limits/readLimits';
import {
  readTargetConfig,
  type TargetConfig,
} from '../permissions/readTargetConfig';

/** How the engine is set up. */
export interface RunbooksConfig {
  /** Ends each message that refuses something for want of a permission. */
  readonly deniedHelp: string;
  readonly maxConcurrentRuns: number;
  readonly maxUnfinishedRuns: number;
  readonly maxEventsPerRun: number;
  readonly previewTtlMs: number;
  readonly leaseMs: number;
  readonly reconcileEveryMs: number;
  readonly reconcileIntervalMs: number;
  readonly reconcilePatienceMs: number;
  readonly shutdownGraceMs: number;
  readonly keepLogsMs: number;
  /** How long a run waits for another one to free its target. */
  readonly maxQueueMs: number;
  /** How long a run waits for the person who started it, or for word on an outcome. */
  readonly personWaitMs: number;
  /** Seals the credentials of people in the database. */
  readonly secretKey?: string;
  /** By the id of a runbook or an action. */
  readonly limits: ReadonlyMap<string, RunLimits>;
  readonly actionApproval: ActionApproval;
  readonly targets: TargetConfig;
}

/** Reads the `runbooks` section of the app's config. */
export function readRunbooksConfig(root: Config): RunbooksConfig {
  const config = root.getOptionalConfig('runbooks');
  const duration = (key: string, unset: HumanDuration) =>
    config?.has(key)
      ? positive(
          `runbooks.${key}`,
          durationToMilliseconds(readDurationFromConfig(config, { key })),
        )
      : durationToMilliseconds(unset);
  const count = (key: string, unset: number) =>
    positive(`runbooks.${key}`, config?.getOptionalNumber(key) ?? unset);
  return {
    deniedHelp:
      config?.getOptionalString('deniedHelp') ??
      'Ask whoever looks after Backstage permissions here.',
    maxConcurrentRuns: count('maxConcurrentRuns', 10),
    maxUnfinishedRuns: count('maxUnfinishedRuns', 200),
    maxEventsPerRun: count('maxEventsPerRun', 10_000),
    previewTtlMs: duration('previewTtl', { minutes: 10 }),
    leaseMs: duration('lease', { seconds: 30 }),
    reconcileEveryMs: duration('reconcile.every', { seconds: 10 }),
    reconcileIntervalMs: duration('reconcile.interval', { seconds: 2 }),
    reconcilePatienceMs: duration('reconcile.patience', { minutes: 30 }),
    shutdownGraceMs: duration('shutdownGrace', { seconds: 5 }),
    keepLogsMs: duration('keepLogs', { days: 90 }),
    maxQueueMs: duration('maxQueueTime', { hours: 1 }),
    personWaitMs: duration('maxPersonTime', { hours: 24 }),
    secretKey: config?.getOptionalString('secretKey'),
    limits: readLimits(config),
    actionApproval: readApprovalConfig(config),
    targets: readTargetConfig(config),
  };
}

function positive(key: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new InputError(`${key} must be greater than 0, and is ${value}`);
}
