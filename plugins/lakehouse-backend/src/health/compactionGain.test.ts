import fc from 'fast-check';
import { compactionGain } from './compactionGain';
import { MIB } from './thresholds';

describe('compactionGain', () => {
  it('turns 300 files over 10 partitions into 10, as Trino did', () => {
    const partitions = Array.from({ length: 10 }, () => ({
      files: 30,
      sizeBytes: 30_000,
    }));
    expect(compactionGain({ totalFiles: 300, partitions })).toEqual({
      filesBefore: 300,
      filesAfter: 10,
      bytesRewritten: 300_000,
    });
  });

  it.each([
    ['a single file', [{ files: 1, sizeBytes: 10 }], 0],
    [
      'one file in each partition',
      Array(5).fill({ files: 1, sizeBytes: 9 }),
      0,
    ],
    ['no candidates', [{ files: 0, sizeBytes: 0 }], 0],
    [
      'files that need two of the target size',
      [{ files: 30, sizeBytes: 1500 * MIB }],
      28,
    ],
    [
      'files that are as few as can be',
      [{ files: 2, sizeBytes: 2000 * MIB }],
      0,
    ],
  ])('removes what it can of %s', (_, partitions, removed) => {
    const { filesBefore, filesAfter } = compactionGain({
      totalFiles: 100,
      partitions,
    });
    expect(filesBefore - filesAfter).toBe(removed);
  });

  it('never leaves more files than there were, nor rewrites more than there is', () => {
    const partition = fc.record({
      files: fc.nat(10_000),
      sizeBytes: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(partition), fc.nat(1000), (partitions, large) => {
        const candidates = partitions.reduce((sum, p) => sum + p.files, 0);
        const bytes = partitions.reduce((sum, p) => sum + p.sizeBytes, 0);
        const gain = compactionGain({
          totalFiles: candidates + large,
          partitions,
        });
        expect(gain.filesAfter).toBeLessThanOrEqual(gain.filesBefore);
        expect(gain.filesAfter).toBeGreaterThanOrEqual(large);
        expect(gain.bytesRewritten).toBeLessThanOrEqual(bytes);
      }),
    );
  });
});
