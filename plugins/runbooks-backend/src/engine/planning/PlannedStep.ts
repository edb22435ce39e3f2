import type { JsonObject } from '@backstage/types';
import type {
  PreviewContent,
  PreviewStep,
  RunbookSection,
  RunbookStep,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';

/** A call of an action whose input is known before the run. */
export interface PlannedCall {
  readonly action: RunbookAction;
  /** With secrets: it goes to the action and nowhere else. */
  readonly input: JsonObject;
  readonly target: RunTarget;
  readonly lockKeys: readonly string[];
  /** It changes something, and is not only read. */
  readonly acts: boolean;
}

/** What is known of a step, or of one entry of its list, before the run. */
export interface PlannedStep {
  /** The step's id, with `#` and the place of the entry. */
  readonly key: string;
  readonly step: RunbookStep;
  readonly section: RunbookSection;
  readonly title: string;
  readonly known: PreviewStep['known'];
  readonly note?: string;
  /** What whoever starts the run should know of it before. */
  readonly warning?: string;
  readonly action?: RunbookAction;
  /** With `now`, of an action or a check. */
  readonly call?: PlannedCall;
}

/** A planned step that was looked at. */
export interface LookedAtStep extends PlannedStep {
  readonly content?: PreviewContent;
  readonly fingerprint?: JsonObject;
}
