const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/**
 * Reads a size as Trino prints it, for example `10488440B` or `1.2kB`. Units are
 * powers of 1024.
 *
 * Source: io.airlift.units.DataSize.
 *
 * @returns whole bytes; undefined when the text is no such size
 * @public
 */
export function parseTrinoDataSize(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kMGTP]?B)\s*$/.exec(text);
  return match
    ? Math.round(Number(match[1]) * 1024 ** UNITS.indexOf(match[2]))
    : undefined;
}
