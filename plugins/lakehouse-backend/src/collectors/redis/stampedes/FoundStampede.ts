import type { Stampede } from '@lakehouse-ops/plugin-lakehouse-common';

/** A stampede as observations show it, before its cost is known. */
export interface FoundStampede {
  readonly evidence: Stampede['evidence'];
  readonly prefix?: string;
  readonly startMs: number;
  /** When it was seen last; it has ended when that is long ago. */
  readonly lastSeenMs: number;
  readonly keys: Stampede['keys'];
  readonly duplicateMisses?: number;
  readonly expiredKeys?: number;
}
