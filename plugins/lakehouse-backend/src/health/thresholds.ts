/** Bytes in a mebibyte. */
export const MIB = 1024 * 1024;

/**
 * A data file under this counts as small: the first two bins of the histogram.
 * Nimtable flags tables by files under 32 MB as well.
 */
export const SMALL_FILE_BYTES = 32 * MIB;

/**
 * What compaction rewrites: files under Trino's default `file_size_threshold`
 * (Trino documentation, Iceberg connector, "optimize": 100MB, which its DataSize
 * reads as mebibytes).
 */
export const COMPACT_BELOW_BYTES = 100 * MIB;

/**
 * How large the files grow that compaction writes (Trino documentation, Iceberg
 * connector, `iceberg.target-max-file-size`: 1GB).
 */
export const COMPACTED_FILE_BYTES = 1024 * MIB;

/** Lower bounds of the size histogram; the last bin has no upper bound. */
export const FILE_SIZE_BIN_STARTS: readonly number[] = [
  0,
  8 * MIB,
  SMALL_FILE_BYTES,
  128 * MIB,
  512 * MIB,
];

/**
 * So many files that compaction would remove are as bad as it gets. AWS Glue's
 * compaction begins at more than 100 files of that kind in a table or partition.
 */
export const REMOVABLE_FILES_WORST = 100;

/**
 * Deleted rows per row at which half of the score is gone, and delete files from which
 * reading suffers whatever their share: Amoro weighs equality and position deletes as
 * heavily as small files.
 */
export const DELETED_ROWS_SHARE_WORST = 0.2;
export const DELETE_FILES_WORST = 200;

/** Up to the first nothing is wrong; at the second the part's score is 0. Ours: snapshots of a day by the half hour, and ten times that. */
export const SNAPSHOTS_GOOD = 50;
export const SNAPSHOTS_WORST = 500;

/** What a manifest is meant to hold (Iceberg documentation, `commit.manifest.target-size-bytes`: 8388608). */
export const MANIFEST_TARGET_BYTES = 8 * MIB;

/** Manifests that rewriting would remove. Iceberg merges from 100 on (`commit.manifest.min-count-to-merge`). */
export const REMOVABLE_MANIFESTS_WORST = 100;

/** Iceberg keeps 100 previous metadata files (`write.metadata.previous-versions-max`) and the newest. */
export const METADATA_FILES_GOOD = 101;
export const METADATA_FILES_WORST = 1000;

/**
 * Share of rows written after the statistics at which they count as stale. PostgreSQL
 * analyzes anew at the same share (`autovacuum_analyze_scale_factor`: 0.1).
 */
export const STALE_ROWS_SHARE = 0.1;

/** Share of rows written after the statistics at which the part's score is 0. */
export const STALE_ROWS_SHARE_WORST = 0.5;

/** Without statistics the planner knows that it knows nothing, which is better than being misled. */
export const NO_STATISTICS_SCORE = 40;

/** The score at staleness: from here on a table is at risk by statistics alone. */
export const STALE_STATISTICS_SCORE = 60;

/** From these scores on. */
export const HEALTHY_SCORE = 80;
export const AT_RISK_SCORE = 50;

/** Shares of the whole score; they sum to 1. Small files weigh most: they slow every reader, and a click mends them. */
export const PART_WEIGHTS = {
  'small-files': 0.4,
  'delete-files': 0.15,
  snapshots: 0.12,
  manifests: 0.08,
  statistics: 0.18,
  metadata: 0.07,
} as const;
