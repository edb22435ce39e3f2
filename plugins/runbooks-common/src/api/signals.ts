/** Signals channel on which the backend tells that a run changed. @public */
export const RUNBOOKS_SIGNALS_CHANNEL = 'runbooks';

/** Message on {@link RUNBOOKS_SIGNALS_CHANNEL}. @public */
export interface RunbooksSignal {
  readonly runId: string;
  readonly state: string;
  [key: string]: string;
}
