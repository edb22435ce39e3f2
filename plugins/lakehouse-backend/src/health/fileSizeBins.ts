import type { FileSizeBin } from '@lakehouse-ops/plugin-lakehouse-common';
import { FILE_SIZE_BIN_STARTS } from './thresholds';

/** The histogram's bins from what was counted in each, in their order. */
export function fileSizeBins(
  counted: ReadonlyArray<{ files: number; sizeBytes: number }>,
): FileSizeBin[] {
  return FILE_SIZE_BIN_STARTS.map((fromBytes, index) => ({
    fromBytes,
    toBytes: FILE_SIZE_BIN_STARTS[index + 1],
    files: counted[index]?.files ?? 0,
    sizeBytes: counted[index]?.sizeBytes ?? 0,
  }));
}
