const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Larger runbook files are not read. @public */
export const RUNBOOK_FILE_MAX_BYTES = 256 * 1024;

/** Values of a file, with what aliases stand for. */
export const FILE_MAX_VALUES = 20_000;
export const FILE_MAX_DEPTH = 24;
export const FILE_MAX_ALIASES = 50;

/** Problems of one file that are told. */
export const FILE_MAX_PROBLEMS = 100;

export const MAX_STEPS = 50;
export const MAX_LIST = 20;
export const MAX_METRICS = 10;
export const MAX_ID_LENGTH = 63;
export const MAX_TITLE_LENGTH = 200;
export const MAX_SENTENCE_LENGTH = 500;
export const MAX_NAME_LENGTH = 255;
export const MAX_TEXT_LENGTH = 2_000;
export const MAX_DOCS_LENGTH = 20_000;

/** Bounds of the times that a file may give, in milliseconds. */
export const TIMES = {
  timeout: { min: 1_000, max: 6 * HOUR_MS },
  retryDelay: { min: 0, max: HOUR_MS, unset: '5s' },
  expires: { min: MINUTE_MS, max: 30 * DAY_MS, unset: '1h' },
  within: { min: 1_000, max: DAY_MS, unset: '5m' },
  every: { min: 1_000, max: HOUR_MS, unset: '10s' },
} as const;
