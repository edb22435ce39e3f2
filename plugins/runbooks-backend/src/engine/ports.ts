import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Allowance,
  Run,
  RunApproval,
  RunbookDefinition,
  RunbookPause,
  RunbookProblem,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';

/** One version of a runbook file. */
export interface RunbookVersion {
  readonly definition: RunbookDefinition;
  /** SHA-256 of the definition. */
  readonly hash: string;
  /** Path or URL that it was read from. */
  readonly source: string;
}

/** The runbook files that are known. */
export interface RunbookBook {
  /** What the newest good version of each file says. */
  list(): readonly RunbookVersion[];
  /** @returns the newest good version */
  find(name: string): RunbookVersion | undefined;
  /** Any version that was ever run, also of a file that was changed or deleted since. */
  getVersion(hash: string): Promise<RunbookVersion | undefined>;
  /** What is wrong with files, at most 500. */
  problems(): readonly RunbookProblem[];
}

/** Keeps the credentials of the person who started a run, for as long as it is not over. */
export interface CredentialKeeper {
  /**
   * Keeps them for a run that is about to be created.
   *
   * @returns what is to be stored with the run for other processes; undefined when nothing is
   */
  hold(
    runId: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined>;
  /** Forgets what was held for a run that was not created. */
  drop(runId: string): void;
  keep(runId: string, credentials: BackstageCredentials): Promise<void>;
  /** @returns undefined when they are gone or have expired: the person has to be asked */
  recall(runId: string): Promise<BackstageCredentials | undefined>;
  forget(runId: string): Promise<void>;
}

/** Whether a step may act, asked right before it does, as the person who started the run. */
export interface StepGate {
  mayAct(options: {
    run: Pick<Run, 'runbookId' | 'risk' | 'target'>;
    action: RunbookAction;
    target: RunTarget;
    credentials: BackstageCredentials;
  }): Promise<Allowance>;
}

/** What holds runs back for now. */
export interface PauseReader {
  /** The pause of all, or of this runbook. */
  current(runbookId: string): Promise<RunbookPause | undefined>;
}

/** What people said to a run. */
export interface ResponseReader {
  approvals(runId: string): Promise<readonly RunApproval[]>;
  /** What was answered to a manual step. */
  answer(
    runId: string,
    stepId: string,
  ): Promise<
    | { readonly by: string; readonly at: string; readonly answer: JsonObject }
    | undefined
  >;
  /** What a person said of an outcome that nothing could tell. */
  decision(
    runId: string,
    stepId: string,
  ): Promise<
    | {
        readonly by: string;
        readonly at: string;
        readonly outcome: 'done' | 'not-done' | 'stop';
        readonly comment: string;
      }
    | undefined
  >;
}
