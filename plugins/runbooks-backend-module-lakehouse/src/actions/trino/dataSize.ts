const UNIT_BYTES = new Map([
  ['B', 1],
  ['kB', 1024],
  ['MB', 1024 ** 2],
  ['GB', 1024 ** 3],
  ['TB', 1024 ** 4],
]);

/** How Trino writes sizes; its units are powers of 1024 (io.airlift.units.DataSize). */
export const DATA_SIZE = /^(\d{1,12}(?:\.\d{1,3})?) ?(B|kB|MB|GB|TB)$/;

/** Bytes of a size such as `100MB`; undefined when it is not one. */
export function dataSizeBytes(text: string): number | undefined {
  const parts = DATA_SIZE.exec(text);
  const unit = parts ? UNIT_BYTES.get(parts[2]) : undefined;
  return parts && unit ? Math.round(Number(parts[1]) * unit) : undefined;
}
