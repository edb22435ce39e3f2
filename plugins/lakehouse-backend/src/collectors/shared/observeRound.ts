import type { Observation } from '../../observations/Observation';

/**
 * A round that stands on one look: tells what the look leads to or, when the
 * look fails, its Gap. Whoever stopped the round is told nothing.
 */
export async function* observeRound<T>(round: {
  signal: AbortSignal;
  look: () => Promise<T>;
  gap: (error: unknown) => Observation;
  tell: (seen: T) => Iterable<Observation[]> | AsyncIterable<Observation[]>;
}): AsyncIterable<Observation[]> {
  let seen: T;
  try {
    seen = await round.look();
  } catch (error) {
    if (!round.signal.aborted) yield [round.gap(error)];
    return;
  }
  yield* round.tell(seen);
}
