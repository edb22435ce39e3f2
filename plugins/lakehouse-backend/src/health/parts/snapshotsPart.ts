import { SNAPSHOTS_GOOD, SNAPSHOTS_WORST } from '../thresholds';
import { count, logSlope, PartFacts, ScoredPart } from './PartFacts';

/** Snapshots keep old data files and grow the metadata that every planner reads. */
export function snapshotsPart(facts: PartFacts): ScoredPart {
  if (!facts.snapshots) {
    return { explanation: 'Snapshots were not observed.' };
  }
  const { count: snapshots, oldestAt } = facts.snapshots;
  return {
    score: logSlope(snapshots, SNAPSHOTS_GOOD, SNAPSHOTS_WORST),
    explanation: `${count(
      snapshots,
      'snapshot',
    )} kept, the oldest of ${oldestAt.slice(
      0,
      10,
    )}; up to ${SNAPSHOTS_GOOD} are fine.`,
  };
}
