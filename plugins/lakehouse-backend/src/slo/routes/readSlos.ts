import { CustomErrorBase } from '@backstage/errors';
import { readStored } from '../../observations/storageError';

type Outcome<T> = { value: T } | { told: CustomErrorBase };

/**
 * Reads what has no earlier answer to show in its place. What says itself what
 * is wrong is left as it is.
 *
 * @throws ServiceUnavailableError without the statement that failed
 */
export async function readSlos<T>(load: () => Promise<T>): Promise<T> {
  const outcome = await readStored(async (): Promise<Outcome<T>> => {
    try {
      return { value: await load() };
    } catch (error) {
      if (error instanceof CustomErrorBase) return { told: error };
      throw error;
    }
  });
  if ('told' in outcome) throw outcome.told;
  return outcome.value;
}
