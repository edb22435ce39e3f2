/** Longest line of a run's log, in characters. */
export const MAX_MESSAGE_LENGTH = 2000;

/** Longest sentence of a preview, in characters. */
export const MAX_PREVIEW_TEXT_LENGTH = 2000;

/** Longest cell of a preview's sample, in characters. */
export const MAX_PREVIEW_CELL_LENGTH = 500;

/** Rows of a preview's sample. */
export const MAX_PREVIEW_ROWS = 20;

/** Changes, columns, warnings and the like of a preview. */
export const MAX_PREVIEW_ITEMS = 50;

/** Size of what an action may have kept about a run, in characters of JSON. */
export const MAX_NOTE_LENGTH = 65_536;

/** Shortens a text, with a mark where it was cut. */
export function limitText(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}

/** Size of what a step may pass on to later ones, in characters of JSON. */
export const MAX_OUTPUT_LENGTH = 262_144;
