import type {
  BurnRateReading,
  SloAlert,
  SloCorrection,
  SloSilence,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Alerts, silences and corrections of SLOs. */
export interface SloAlertLog {
  /** Newest first, at most 50 a call unless told. */
  alerts(
    sloIds: readonly string[],
    range?: { from: string; to: string; limit?: number },
  ): Promise<ReadonlyMap<string, SloAlert[]>>;
  /** Those that are in force now, by SLO. */
  silences(
    sloIds: readonly string[],
  ): Promise<ReadonlyMap<string, SloSilence[]>>;
  /** All that touch the range (all when none is told), by SLO. */
  corrections(
    sloIds: readonly string[],
    range?: { from: string; to: string },
  ): Promise<ReadonlyMap<string, SloCorrection[]>>;
  addCorrection(sloId: string, correction: SloCorrection): Promise<void>;
  removeCorrection(sloId: string, id: string): Promise<boolean>;
  addSilence(sloId: string, silence: SloSilence): Promise<void>;
  endSilence(sloId: string, id: string): Promise<boolean>;
}

/** A change of an alert's state, as the state machine tells it. */
export interface AlertTransition {
  readonly sloId: string;
  readonly reading: BurnRateReading;
  readonly to: 'pending' | 'firing' | 'resolved';
  readonly at: string;
}
