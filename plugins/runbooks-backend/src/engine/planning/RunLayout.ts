import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  ApprovalRule,
  PreviewContent,
  PreviewStep,
  RunLimits,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunResource } from '../../permissions/runResource';
import type { PlannedCall } from './PlannedStep';

/** What was seen of the world for a preview. */
export interface LayoutLook {
  readonly content: PreviewContent;
  /** What must still hold when the run gets there. */
  readonly fingerprint: JsonObject;
  readonly steps?: readonly PreviewStep[];
}

/**
 * All that can be told of a run without looking at the world: of a single
 * action, or of a runbook file. The same parameters give the same.
 */
export interface RunLayout {
  readonly resource: RunResource;
  readonly title: string;
  /** Of a runbook file. */
  readonly definitionHash?: string;
  /** With defaults, and with secrets. */
  readonly parameters: JsonObject;
  /** JSON Schema of the parameters. */
  readonly schema: JsonObject;
  /** What it calls, as far as that is known. */
  readonly calls: readonly PlannedCall[];
  readonly lockKeys: readonly string[];
  readonly whenLocked: 'refuse' | 'queue';
  readonly limits: RunLimits;
  readonly approval?: ApprovalRule;
  /** Entity ref of the person whom its runs by triggers answer to; may not approve. */
  readonly runAs?: string;
  /** As people see them before it begins. */
  readonly steps: readonly RunStep[];
  look(options: {
    signal: AbortSignal;
    credentials: BackstageCredentials;
  }): Promise<LayoutLook>;
}
