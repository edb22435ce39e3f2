import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CacheCounters } from '../counting/CacheCounters';
import { defaultPrefixOf } from '../prefix/defaultPrefixOf';
import { toReport } from './toReport';

const PAGE = join(__dirname, '../../../../docs/cache-telemetry.md');

function report(count: (counters: CacheCounters) => void) {
  const counters = CacheCounters.create({
    prefixOf: defaultPrefixOf,
    maxPrefixes: 200,
    maxKeysInFlight: 10_000,
    fillTimeoutMs: 1_000,
  });
  count(counters);
  return toReport({
    window: counters.endWindow(),
    instance: 'i',
    source: 's',
    startedAt: new Date(0),
    endedAt: new Date(10_000),
  });
}

describe('toReport', () => {
  it('has the fields that the documentation shows, and no others', () => {
    const [, sample = ''] =
      /```json\n(.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? [];
    const shown = JSON.parse(sample);
    const made = report(counters => {
      counters.missed('a:b:1');
      counters.missed('a:b:1');
      counters.written('a:b:1');
    });
    expect(Object.keys(made)).toEqual(Object.keys(shown));
    expect(Object.keys(made.prefixes[0])).toEqual(
      Object.keys(shown.prefixes[0]),
    );
    expect(made.prefixes[0].fill?.counts).toHaveLength(
      shown.prefixes[0].fill.counts.length,
    );
    expect(Object.keys(made.prefixes[0].hotKeys?.[0] ?? {})).toEqual(
      Object.keys(shown.prefixes[0].hotKeys[0]),
    );
  });

  it('stays below what is taken, however many keys are hot', () => {
    const made = report(counters => {
      for (let prefix = 0; prefix < 300; prefix += 1) {
        const name = `p${prefix}`.padEnd(180, 'x');
        for (let key = 0; key < 20; key += 1) {
          const hot = `${name}:${key}`.padEnd(500, 'y');
          counters.missed(hot);
          counters.missed(hot);
        }
      }
    });
    expect(made.prefixes).toHaveLength(201);
    expect(made.prefixesCutOff).toBe(100);
    expect(
      Math.max(...made.prefixes.map(({ hotKeys = [] }) => hotKeys.length)),
    ).toBe(10);
    expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThan(256 * 1024);
  });
});
