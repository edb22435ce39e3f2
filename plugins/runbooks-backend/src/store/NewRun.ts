import type { JsonObject } from '@backstage/types';
import type { Run, RunLimits } from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { TargetFacts } from '../permissions/TargetFacts';

/** A run that is to be created. */
export interface NewRun {
  readonly run: Run;
  readonly fingerprint: JsonObject;
  readonly idempotencyKey: string;
  readonly lockKeys: readonly string[];
  readonly maxUnfinishedRuns: number;
  /** Until when it may queue for its locks; it is refused when one is held unless given. */
  readonly queueUntil?: string;
  readonly limits?: RunLimits;
  readonly facts?: TargetFacts;
  /** Of the person who starts it, for whichever process goes on with it. */
  readonly sealedToken?: string;
  readonly audit: AuditRecord;
}
