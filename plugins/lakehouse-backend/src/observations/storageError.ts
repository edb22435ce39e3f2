import { ServiceUnavailableError, toError } from '@backstage/errors';

const MAX_REASON_LENGTH = 200;

/**
 * What a database said, in one line: its code and last clause. Knex puts the
 * whole statement with its values in front, which must reach neither logs nor
 * people.
 */
export function describeStorageError(thrown: unknown): string {
  const error = toError(thrown);
  const code =
    'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const clause = error.message.slice(error.message.lastIndexOf(' - ') + 1);
  const reason = clause.replace(/^- /, '').replace(/\s+/g, ' ').trim();
  return [code, reason.slice(0, MAX_REASON_LENGTH) || error.name]
    .filter(Boolean)
    .join(': ');
}

/**
 * Reads what has no earlier answer to show in its place.
 *
 * @throws ServiceUnavailableError without the statement that failed
 */
export async function readStored<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (thrown) {
    throw new ServiceUnavailableError(
      `The lakehouse plugin's database does not answer (${describeStorageError(
        thrown,
      )}). Check that database; this page comes back by itself.`,
    );
  }
}

/** The error that the store throws when its database does not do what it should. */
export function storageError(thrown: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `The lakehouse plugin's database did not answer as it should (${describeStorageError(
      thrown,
    )}). Nothing of the batch was stored; it is tried again with the next one.`,
  );
}
