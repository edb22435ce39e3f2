import { mockTable, mockTables } from '../__testUtils__/mockData';
import {
  compactLabel,
  statisticsEffect,
  suggestedTableAction,
  tableReason,
} from './tableEffects';

const [breached, , unknown, healthy] = mockTables();

describe('what can be done for a table', () => {
  it('is told with its expected effect', () => {
    expect(compactLabel(breached)).toBe('Compact (1,114 → 26 files)');
    expect(compactLabel(healthy)).toBe('Compact');
    expect(
      compactLabel(
        mockTable({
          compaction: { filesBefore: 9, filesAfter: 9, bytesRewritten: 0 },
        }),
      ),
    ).toBe('Compact (nothing to gain)');
    expect(statisticsEffect(breached)).toBe(
      'Statistics miss 38 % of the rows now.',
    );
    expect(statisticsEffect(unknown)).toBeUndefined();
  });

  it('is suggested only where it helps', () => {
    expect(suggestedTableAction(breached)).toBe('trino:optimize-table');
    expect(suggestedTableAction(healthy)).toBeUndefined();
    expect(suggestedTableAction(unknown)).toBeUndefined();
    expect(suggestedTableAction({ ...breached, compaction: undefined })).toBe(
      'trino:analyze-table',
    );
    const parts = breached.parts.map(part =>
      part.id === 'small-files' ? { ...part, score: 84 } : part,
    );
    expect(suggestedTableAction({ ...breached, parts })).toBe(
      'trino:analyze-table',
    );
  });
});

describe('tableReason', () => {
  it('is the part that costs the most', () => {
    expect(tableReason(breached)).toBe(
      '1,085 of 1,114 files are under 128 MiB.',
    );
    expect(tableReason(healthy)).toMatch(/in good shape/);
    expect(tableReason(unknown)).toBe(
      'Not inspected: timeout after 30 s on "$files".',
    );
  });
});
