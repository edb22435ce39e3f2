import type { SloProblem } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloEntry } from './SloBookUpdate';

const SLOS_MAX = 5_000;

/** Ids that another file has already, and SLOs beyond the limit. */
export function tellOfTaken(
  slos: readonly SloEntry[],
  options: { taken: Map<string, string>; location: string },
): SloProblem[] {
  const { taken, location } = options;
  return slos.flatMap(({ id, definition }): SloProblem[] => {
    const other = taken.get(id);
    if (other !== undefined && other !== location) {
      return [
        {
          severity: 'error',
          message: `The entity has another SLO '${definition.name}' in ${other}, so nobody knows which is meant. Rename one of the two.`,
        },
      ];
    }
    if (taken.size >= SLOS_MAX) {
      return [
        {
          severity: 'error',
          message: `There are more than ${SLOS_MAX} SLOs in all files together; this file is beyond that. Remove SLOs that nobody looks at.`,
        },
      ];
    }
    taken.set(id, location);
    return [];
  });
}
