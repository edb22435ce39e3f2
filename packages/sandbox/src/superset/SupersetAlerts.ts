import { randomUUID } from 'node:crypto';
import { matchesCrontab } from './matchesCrontab';

const MINUTE_MS = 60_000;
/** After a long pause only the last hours are lived through. */
const MOST_MINUTES = 24 * 60;

export type AlertWord =
  | 'Success'
  | 'Not triggered'
  | 'On Grace'
  | 'Working'
  | 'Error';

export interface SandboxAlert {
  id: number;
  name: string;
  type: 'Alert' | 'Report';
  active: boolean;
  crontab: string;
  /** What its query answers now; an error when it fails. */
  value: number | Error;
  operator: '<' | '>';
  threshold: number;
  gracePeriodSeconds: number;
  workingTimeoutSeconds: number;
  ownerId: number;
  chartId?: number;
  dashboardId?: number;
  /** Its worker dies: it stays Working. */
  hangs?: boolean;
  lastState?: AlertWord;
  lastEvaluatedMs?: number;
  lastValue?: number;
  changedMs: number;
}

export interface SandboxLogRow {
  id: number;
  alertId: number;
  uuid: string;
  state: AlertWord;
  scheduledMs: number;
  startMs: number;
  endMs: number;
  value?: number;
  error?: string;
}

/** Alerts and reports that are run by their schedules, with the state machine of Superset's worker. */
export class SupersetAlerts {
  readonly log: SandboxLogRow[] = [];
  readonly all: SandboxAlert[];
  #lastMinute: number;
  #rows = 0;

  static create(options: { alerts: SandboxAlert[]; nowMs: number }) {
    return new SupersetAlerts(options);
  }

  private constructor(options: { alerts: SandboxAlert[]; nowMs: number }) {
    this.all = options.alerts;
    this.#lastMinute = Math.floor(options.nowMs / MINUTE_MS);
  }

  get(id: number): SandboxAlert | undefined {
    return this.all.find(alert => alert.id === id);
  }

  /** Runs all that was due since it was called last. */
  advance(nowMs: number) {
    const until = Math.floor(nowMs / MINUTE_MS);
    let minute = Math.max(this.#lastMinute, until - MOST_MINUTES);
    while (minute < until) {
      minute += 1;
      const at = minute * MINUTE_MS;
      for (const alert of this.all) {
        if (alert.active && matchesCrontab(alert.crontab, new Date(at))) {
          this.run(alert, at);
        }
      }
    }
    this.#lastMinute = until;
  }

  /** One execution, as Superset's worker does it. */
  run(alert: SandboxAlert, atMs: number): string {
    const uuid = randomUUID();
    const write = (
      state: AlertWord,
      told: { value?: number; error?: string; tookMs?: number } = {},
    ) => {
      this.#rows += 1;
      const endMs = atMs + (told.tookMs ?? 0);
      this.log.push({
        id: this.#rows,
        alertId: alert.id,
        uuid,
        state,
        scheduledMs: atMs,
        startMs: atMs,
        endMs,
        value: told.value,
        error: told.error,
      });
      alert.lastState = state;
      alert.lastEvaluatedMs = endMs;
      alert.changedMs = endMs;
    };
    if (alert.lastState === 'Working') {
      const entered = this.log
        .filter(row => row.alertId === alert.id && row.state === 'Working')
        .filter(row => row.error === undefined)
        .at(-1);
      const stuckMs = entered ? atMs - entered.endMs : 0;
      if (stuckMs > alert.workingTimeoutSeconds * 1000) {
        write('Error', {
          error: 'A timeout occurred while executing the report.',
        });
      } else {
        write('Working', {
          error: 'Report Schedule is still working, refusing to re-compute.',
        });
      }
      return uuid;
    }
    if (alert.type === 'Alert' && this.#inGrace(alert, atMs)) {
      write('On Grace', {
        value: alert.lastValue,
        error: 'Alert fired during grace period.',
      });
      return uuid;
    }
    write('Working');
    if (alert.hangs) return uuid;
    if (alert.type === 'Report') {
      write('Success', { tookMs: 900 });
      return uuid;
    }
    if (alert.value instanceof Error) {
      write('Error', {
        error: 'An error occurred when running alert query',
        tookMs: 120,
      });
      write('Error', { error: 'Notification sent with error', tookMs: 150 });
      return uuid;
    }
    const { value, threshold } = alert;
    alert.lastValue = value;
    const fires =
      alert.operator === '<' ? value < threshold : value > threshold;
    write(fires ? 'Success' : 'Not triggered', { value, tookMs: 190 });
    return uuid;
  }

  #inGrace(alert: SandboxAlert, atMs: number): boolean {
    if (alert.lastState !== 'Success' && alert.lastState !== 'On Grace') {
      return false;
    }
    const fired = this.log
      .filter(row => row.alertId === alert.id && row.state === 'Success')
      .at(-1);
    return (
      fired !== undefined &&
      atMs - fired.endMs < alert.gracePeriodSeconds * 1000
    );
  }
}
