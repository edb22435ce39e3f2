import type {
  HealthStatus,
  ScorePart,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { deleteFilesPart } from './parts/deleteFilesPart';
import { manifestsPart } from './parts/manifestsPart';
import { metadataPart } from './parts/metadataPart';
import type { PartFacts, ScoredPart } from './parts/PartFacts';
import { smallFilesPart } from './parts/smallFilesPart';
import { snapshotsPart } from './parts/snapshotsPart';
import { statisticsPart } from './parts/statisticsPart';
import { AT_RISK_SCORE, HEALTHY_SCORE, PART_WEIGHTS } from './thresholds';

export interface TableScore {
  /** 0 (worst) to 100; absent when no part was observed. */
  readonly score?: number;
  readonly status: HealthStatus;
  readonly parts: ScorePart[];
}

const PARTS: ReadonlyArray<{
  id: ScorePart['id'];
  label: string;
  judge: (facts: PartFacts) => ScoredPart;
}> = [
  { id: 'small-files', label: 'Small files', judge: smallFilesPart },
  { id: 'delete-files', label: 'Delete files', judge: deleteFilesPart },
  { id: 'snapshots', label: 'Snapshots', judge: snapshotsPart },
  { id: 'manifests', label: 'Manifests', judge: manifestsPart },
  { id: 'statistics', label: 'Statistics', judge: statisticsPart },
  { id: 'metadata', label: 'Metadata files', judge: metadataPart },
];

/**
 * Scores a table's health from 0 to 100 and says why.
 *
 * The whole is the weighted power mean of its parts with exponent 1/2 (the square of
 * the weighted mean of square roots): one bad part pulls further down than good
 * ones can make up, as it does for whoever reads the table. Parts that were not observed
 * are left out and the others' weights scaled up to sum to 1.
 */
export function scoreTable(facts: PartFacts): TableScore {
  const judged = PARTS.map(part => ({ ...part, ...part.judge(facts) }));
  const observedWeight = judged.reduce(
    (sum, part) =>
      part.score === undefined ? sum : sum + PART_WEIGHTS[part.id],
    0,
  );
  const parts = judged.map(({ id, label, score, explanation }) => ({
    id,
    label,
    weight: score === undefined ? 0 : PART_WEIGHTS[id] / observedWeight,
    score: score === undefined ? undefined : Math.round(score),
    explanation,
  }));
  if (observedWeight === 0) return { status: 'unknown', parts };

  const mean = judged.reduce(
    (sum, { id, score }) =>
      score === undefined
        ? sum
        : sum + (PART_WEIGHTS[id] / observedWeight) * Math.sqrt(score),
    0,
  );
  const score = Math.min(100, Math.round(mean * mean));
  return { score, status: statusOf(score), parts };
}

function statusOf(score: number): HealthStatus {
  if (score >= HEALTHY_SCORE) return 'healthy';
  return score >= AT_RISK_SCORE ? 'at-risk' : 'breached';
}
