const UNSTORABLE = /[\0\ud800-\udfff]/;
const UNPAIRED_OR_NUL =
  /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** PostgreSQL takes neither NUL nor half a surrogate pair: both become U+FFFD. */
export function storableText(text: string): string {
  return UNSTORABLE.test(text) ? text.replace(UNPAIRED_OR_NUL, '\ufffd') : text;
}

/** A whole number that a double holds exactly; undefined for what is none. */
export function storableInteger(value: number | undefined): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return Math.min(
    Number.MAX_SAFE_INTEGER,
    Math.max(Number.MIN_SAFE_INTEGER, Math.round(value)),
  );
}

/** Epoch ms of an ISO time; undefined for what is none. */
export function epochMs(time: string | undefined): number | undefined {
  if (time === undefined) return undefined;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? undefined : ms;
}

/** A database's number: PostgreSQL gives 64-bit ones as strings. */
export type DbNumber = number | string;

export function fromDb(value: DbNumber | null | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

export function isoFromDb(
  value: DbNumber | null | undefined,
): string | undefined {
  const ms = fromDb(value);
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
