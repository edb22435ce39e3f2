import type { SloAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import type { AlertSubject } from './AlertSubject';
import type { OpenAlert } from './OpenAlert';

/** An alert as it begins. */
export interface AlertBeginning {
  readonly sloId: string;
  readonly condition: string;
  readonly severity: string;
  readonly definitionVersion: number;
  readonly explanation: string;
  readonly subject: AlertSubject;
}

/** What one evaluation changes of one alert. */
export type AlertChange =
  /** Its condition begins to hold; it fires at once when it needs not hold for a time. */
  | {
      readonly type: 'begin';
      readonly beginning: AlertBeginning;
      readonly state: 'pending' | 'firing';
    }
  /** It held for long enough. */
  | {
      readonly type: 'fire';
      readonly alert: OpenAlert;
      readonly explanation: string;
      readonly subject: AlertSubject;
    }
  /** It ended before it fired: nobody was told of it. */
  | { readonly type: 'drop'; readonly alert: OpenAlert }
  /** It goes on, but what is known of it changed. */
  | {
      readonly type: 'adopt';
      readonly alert: OpenAlert;
      readonly severity: string;
      readonly definitionVersion: number;
      readonly heldMs: number;
      readonly subject: AlertSubject;
    }
  | {
      readonly type: 'resolve';
      readonly alert: OpenAlert;
      readonly resolution: NonNullable<SloAlert['resolution']>;
      /** How things stand at its end. */
      readonly sentence: string;
    };

/** SLO that a change is of. */
export function sloOfChange(change: AlertChange): string {
  return change.type === 'begin' ? change.beginning.sloId : change.alert.sloId;
}

/** What a change is told of. */
export function subjectOfChange(change: AlertChange): AlertSubject {
  if (change.type === 'begin') return change.beginning.subject;
  if (change.type === 'fire' || change.type === 'adopt') return change.subject;
  return change.alert.subject;
}
