import type { AlertEvent, AlertFired } from './AlertEvent';

/** Events that are sent to a target at once. */
export interface AlertMessage {
  /** The same at each attempt, so that a receiver can tell a repetition. */
  readonly id: string;
  /** Messages of one thread replace each other where the target can do that. */
  readonly threadId: string;
  readonly target: string;
  /** At least one; oldest first. */
  readonly events: readonly AlertEvent[];
  /** Of the alerts that were told together those that fire now, but for those of `events`. */
  readonly stillFiring: readonly AlertFired[];
}

/** Somewhere that alerts are sent to. */
export interface AlertTarget {
  /** Rejects with an error whose message says what happened and what to do. */
  send(message: AlertMessage, options: { signal: AbortSignal }): Promise<void>;
}
