import type { JsonValue } from '@backstage/types';
import { MAX_OUTPUT_LENGTH } from '../limits';
import type { Walk } from './Walk';

/** What of an output is kept for later steps: all, or nothing when it is too much. */
export function keptOutput({ session }: Walk, output: JsonValue): JsonValue {
  const length = JSON.stringify(output).length;
  if (length <= MAX_OUTPUT_LENGTH) return output;
  session.log.warn(
    `What it gave is ${length} characters long, and a run keeps ${MAX_OUTPUT_LENGTH} of a step. Later steps can't use it.`,
  );
  return {};
}
