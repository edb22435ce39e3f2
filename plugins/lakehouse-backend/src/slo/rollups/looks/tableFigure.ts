import type { TableHealth } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloSeries } from '../SloRollups';

/**
 * What is compared with the threshold: an age in ms, or a share. A text when
 * it can't be told. Infinity for what never was.
 */
export function tableFigure(
  { source }: SloSeries,
  health: TableHealth,
  atMs: number,
): number | string {
  if (source.type !== 'lakehouse') return 'it is no indicator of tables';
  switch (source.indicator) {
    case 'small-file-share':
      return smallFileShare(health);
    case 'statistics-freshness':
      return statisticsAge(health, atMs);
    case 'table-freshness':
      return source.column === undefined
        ? age(health.snapshot?.committedAt, atMs) ?? 'no commit of it is known'
        : columnAge(health, source.column, atMs);
    default:
      return 'it is no indicator of tables';
  }
}

function age(time: string | undefined, atMs: number): number | undefined {
  const ms = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(ms) ? undefined : Math.max(0, atMs - ms);
}

function smallFileShare({ files }: TableHealth): number | string {
  if (!files) return 'its files have not been counted';
  return files.totalFiles > 0 ? files.smallFiles / files.totalFiles : 0;
}

function statisticsAge(
  { statistics }: TableHealth,
  atMs: number,
): number | string {
  if (!statistics) return 'its statistics have not been looked at';
  if (statistics.state === 'none') return Infinity;
  return (
    age(statistics.collectedAt, atMs) ??
    'when its statistics were collected is not known'
  );
}

function columnAge(
  { statistics }: TableHealth,
  column: string,
  atMs: number,
): number | string {
  const found = statistics?.columns.find(
    one => one.column.toLowerCase() === column.toLowerCase(),
  );
  if (found?.high === undefined) {
    return `the largest value of column ${column} is not in its statistics: run ANALYZE, or leave out the column to go by the newest commit`;
  }
  return (
    age(asIso(found.high), atMs) ??
    `the largest value of column ${column} is no time`
  );
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(\.\d{1,3})?\d*)?\s*(?:UTC|Z|\+00:00)?$/;

/** Trino's text of a date or of a timestamp, taken as UTC where no zone is told. */
function asIso(text: string): string | undefined {
  const [, date, time = '00:00:00', fraction = ''] = TIME.exec(text) ?? [];
  return date && `${date}T${time}${fraction}Z`;
}
