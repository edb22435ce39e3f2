import type { JsonObject } from '@backstage/types';
import type { RunbookSummary } from './runbook';

/** How a runbook has done in the last 90 days. @public */
export interface RunbookStatistics {
  readonly windowDays: number;
  /** Runs that ended. */
  readonly runs: number;
  /** Of them: succeeded, and their effect was verified. */
  readonly helped: number;
  readonly failed: number;
  /** Median of those that succeeded. */
  readonly medianDurationMs?: number;
  readonly lastRunAt?: string;
}

/** What suggestions are asked for. @public */
export interface SuggestionContext {
  readonly entityRef?: string;
  /** An SLO whose alert fires, or that is looked at. */
  readonly slo?: { readonly name: string; readonly indicator?: string };
  readonly condition?: { readonly system: string; readonly name: string };
  readonly system?: string;
  readonly connection?: string;
}

/** A runbook that fits, and why. @public */
export interface RunbookSuggestion {
  readonly runbook: RunbookSummary;
  /** One sentence: "It is for cache hit ratio SLOs that fire." */
  readonly reason: string;
  /** Filled in from the context. */
  readonly parameters: JsonObject;
  readonly statistics: RunbookStatistics;
}
