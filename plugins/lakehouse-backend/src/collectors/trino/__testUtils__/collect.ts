import type { Observation } from '../../../observations/Observation';
import type { Collector } from '../../Collector';

/** Everything that a collector tells in one round. */
export async function collect(
  collector: Collector,
  signal: AbortSignal = new AbortController().signal,
): Promise<Observation[]> {
  const observations: Observation[] = [];
  for await (const batch of collector.collect({ signal })) {
    observations.push(...batch);
  }
  return observations;
}

/** Those of one type. */
export function ofType<T extends Observation['type']>(
  observations: readonly Observation[],
  type: T,
): Array<Extract<Observation, { type: T }>> {
  return observations.filter(
    (observation): observation is Extract<Observation, { type: T }> =>
      observation.type === type,
  );
}
