import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCacheReport } from './parseCacheReport';

const PAGE = join(__dirname, '../../../../../docs/cache-telemetry.md');

describe('parseCacheReport', () => {
  it('takes the report that the documentation shows, as it is', () => {
    const [, sample = ''] =
      /```json\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
    expect(
      parseCacheReport(Buffer.from(sample), new Date('2026-11-21T12:00:00Z')),
    ).toEqual(JSON.parse(sample));
  });

  it('leaves out what it does not know', () => {
    const report = {
      version: 1,
      instance: 'i',
      source: 's',
      windowStart: '2026-11-21T11:59:40Z',
      windowEnd: '2026-11-21T11:59:50Z',
      prefixes: [],
      prefixesCutOff: 0,
    };
    expect(
      parseCacheReport(
        Buffer.from(JSON.stringify({ ...report, values: ['secret'] })),
        new Date('2026-11-21T12:00:00Z'),
      ),
    ).toEqual(report);
  });
});
