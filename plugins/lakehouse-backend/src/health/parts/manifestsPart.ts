import {
  MANIFEST_TARGET_BYTES,
  REMOVABLE_MANIFESTS_WORST,
} from '../thresholds';
import { count, PartFacts, ScoredPart, slope } from './PartFacts';

/** Planning reads each manifest: what counts is how many rewriting would save. */
export function manifestsPart(facts: PartFacts): ScoredPart {
  if (!facts.manifests) {
    return { explanation: 'Manifests were not observed.' };
  }
  const { count: manifests, sizeBytes } = facts.manifests;
  const needed = Math.max(1, Math.ceil(sizeBytes / MANIFEST_TARGET_BYTES));
  const removable = Math.max(0, manifests - needed);
  return {
    score: slope(removable, 0, REMOVABLE_MANIFESTS_WORST),
    explanation:
      removable === 0
        ? `${count(manifests, 'manifest')}, none too many.`
        : `${count(manifests, 'manifest')} hold what ${needed.toLocaleString(
            'en-US',
          )} could.`,
  };
}
