import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';

/** Which lines are shown: those of this level and worse. */
export type LogLevel = RunEvent['level'];

/** The levels, mildest first, with what the filter calls them. */
export const LOG_LEVELS: ReadonlyArray<{ level: LogLevel; words: string }> = [
  { level: 'info', words: 'All lines' },
  { level: 'warn', words: 'Warnings and errors' },
  { level: 'error', words: 'Errors' },
];

/** The lines of a level and worse. */
export function linesOf(
  events: readonly RunEvent[],
  least: LogLevel,
): readonly RunEvent[] {
  if (least === 'info') return events;
  const rank = (level: LogLevel) =>
    LOG_LEVELS.findIndex(known => known.level === level);
  return events.filter(({ level }) => rank(level) >= rank(least));
}

/** Lines as a text file has them: time in UTC, level, message. */
export function logText(events: readonly RunEvent[]): string {
  return events
    .map(({ at, level, message }) => `${at} ${level} ${message}\n`)
    .join('');
}
