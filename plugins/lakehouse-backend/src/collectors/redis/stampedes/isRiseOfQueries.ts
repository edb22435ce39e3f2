const FACTOR = 2;
const MORE_AT_LEAST = 3;

/** Whether a source asked Trino clearly more than in as long a time before. */
export function isRiseOfQueries(trino: {
  readonly queries: number;
  readonly usualQueries: number;
}): boolean {
  return (
    trino.queries >= trino.usualQueries * FACTOR &&
    trino.queries - trino.usualQueries >= MORE_AT_LEAST
  );
}
