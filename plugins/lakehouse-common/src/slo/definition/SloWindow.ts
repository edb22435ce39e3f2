/** The newest `durationMs`, at every moment. @public */
export interface RollingSloWindow {
  readonly kind: 'rolling';
  readonly durationMs: number;
}

/** Units of calendar-aligned windows. @public */
export type CalendarUnit =
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'quarter'
  | 'year';

/** Windows that follow each other from a start, by the calendar of a time zone. @public */
export interface CalendarSloWindow {
  readonly kind: 'calendar';
  readonly count: number;
  readonly unit: CalendarUnit;
  /** Local time without zone, such as `2026-01-01T00:00:00`. */
  readonly startTime: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** Over which time an error budget is counted. @public */
export type SloWindow = RollingSloWindow | CalendarSloWindow;
