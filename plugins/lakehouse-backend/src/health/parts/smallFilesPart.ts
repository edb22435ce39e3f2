import { COMPACTED_FILE_BYTES, REMOVABLE_FILES_WORST } from '../thresholds';
import { count, PartFacts, percent, ScoredPart } from './PartFacts';

/**
 * Judges small files by what compaction would gain, so that a table of few files is
 * healthy however small they are. Bad is what is both much and a large share: the share
 * of files that would go, times their number up to {@link REMOVABLE_FILES_WORST}.
 */
export function smallFilesPart(facts: PartFacts): ScoredPart {
  if (facts.compaction) {
    const { filesBefore, filesAfter } = facts.compaction;
    const removable = filesBefore - filesAfter;
    const small = facts.files
      ? `; ${
          facts.files.smallFiles === facts.files.totalFiles
            ? 'all'
            : facts.files.smallFiles.toLocaleString('en-US')
        } of them are small`
      : '';
    return {
      score: scoreOf(removable, filesBefore),
      explanation:
        removable === 0
          ? `Compaction would merge none of the ${count(
              filesBefore,
              'data file',
            )}.`
          : `There are ${count(
              filesBefore,
              'data file',
            )} where compaction would leave ${filesAfter.toLocaleString(
              'en-US',
            )}${small}.`,
    };
  }
  if (facts.totals) return fromTotals(facts.totals);
  return { explanation: 'The data files were not observed.' };
}

/** Without the single files only the best case is known: all merged, no matter the partitions. */
function fromTotals(totals: NonNullable<PartFacts['totals']>): ScoredPart {
  const { dataFiles, sizeBytes } = totals;
  if (dataFiles === 0) {
    return { score: 100, explanation: 'The table has no data files.' };
  }
  const merged = Math.max(1, Math.ceil(sizeBytes / COMPACTED_FILE_BYTES));
  const removable = Math.max(0, dataFiles - merged);
  const score = scoreOf(removable, dataFiles);
  return score >= 90
    ? {
        score,
        explanation: `Compaction would merge at most ${removable.toLocaleString(
          'en-US',
        )} of ${count(dataFiles, 'data file')} (${percent(
          removable / dataFiles,
        )}).`,
      }
    : {
        explanation: `The sizes of the ${count(
          dataFiles,
          'data file',
        )} were not observed.`,
      };
}

function scoreOf(removable: number, files: number): number {
  if (removable <= 0) return 100;
  const much = Math.min(1, removable / REMOVABLE_FILES_WORST);
  return 100 * (1 - (removable / files) * much);
}
