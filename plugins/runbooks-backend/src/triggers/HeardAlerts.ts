import type { Alert } from './Alert';

/** An alert, with the time at which it was heard first. */
export interface HeardAlert {
  readonly alert: Alert;
  readonly heardAt: Date;
}

/** Alerts that were heard and have not started all their runbooks yet: they outlive the process. */
export interface HeardAlerts {
  /**
   * Writes an alert down; one that is there already stays as it is.
   *
   * @returns whether it is there: as many wait already as may
   */
  add(alert: Alert): Promise<boolean>;
  /** Nothing is left to be started by it. */
  settle(alertId: string): Promise<void>;
  /** Those that were heard before a time, the oldest first. */
  heardBefore(time: Date): Promise<readonly HeardAlert[]>;
}
