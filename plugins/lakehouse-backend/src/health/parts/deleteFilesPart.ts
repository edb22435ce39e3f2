import { DELETE_FILES_WORST, DELETED_ROWS_SHARE_WORST } from '../thresholds';
import { count, PartFacts, percent, ScoredPart, slope } from './PartFacts';

/** Every reader opens the delete files and drops their rows: many files or many rows are bad. */
export function deleteFilesPart(facts: PartFacts): ScoredPart {
  const deleteFiles = facts.totals?.deleteFiles;
  if (deleteFiles === undefined) {
    return { explanation: 'Delete files were not observed.' };
  }
  if (deleteFiles === 0) {
    return { score: 100, explanation: 'There are no delete files.' };
  }
  const byFiles = slope(deleteFiles, 0, DELETE_FILES_WORST);
  const records = facts.totals?.records;
  if (facts.deletedRows === undefined || !records) {
    return {
      score: byFiles,
      explanation: `Readers apply ${count(deleteFiles, 'delete file')}.`,
    };
  }
  const share = Math.min(1, facts.deletedRows / records);
  return {
    score: Math.min(byFiles, slope(share, 0, DELETED_ROWS_SHARE_WORST)),
    explanation: `Readers apply ${count(
      deleteFiles,
      'delete file',
    )} that take away ${percent(share)} of the rows.`,
  };
}
