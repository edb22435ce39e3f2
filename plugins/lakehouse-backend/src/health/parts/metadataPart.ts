import { METADATA_FILES_GOOD, METADATA_FILES_WORST } from '../thresholds';
import { count, logSlope, PartFacts, ScoredPart } from './PartFacts';

/** Metadata files beyond the usual limit: each holds the whole list of snapshots. */
export function metadataPart(facts: PartFacts): ScoredPart {
  if (facts.metadataFiles === undefined) {
    return { explanation: 'Metadata files were not observed.' };
  }
  return {
    score: logSlope(
      facts.metadataFiles,
      METADATA_FILES_GOOD,
      METADATA_FILES_WORST,
    ),
    explanation:
      facts.metadataFiles <= METADATA_FILES_GOOD
        ? `${count(
            facts.metadataFiles,
            'metadata file',
          )}, within the usual limit of ${METADATA_FILES_GOOD}.`
        : `${count(
            facts.metadataFiles,
            'metadata file',
          )} kept; ${METADATA_FILES_GOOD} are usual.`,
  };
}
