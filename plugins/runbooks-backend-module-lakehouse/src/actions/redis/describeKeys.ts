import { formatBytes } from '../shared/formatBytes';
import { formatMs } from '../shared/formatMs';
import type { KeyCount } from './keys/countKeys';
import type { KeyFacts } from './keys/inspectKeys';

const MAX_KEY_LENGTH = 120;

/** A count for a sentence: `12,345`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** A key for people: text where it is text, escaped where it is bytes. */
export function formatKey(key: Buffer): string {
  const text = key.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(key) && !/\p{Cc}/u.test(text);
  const shown = isText
    ? text
    : [...key]
        .map(byte =>
          byte >= 0x20 && byte < 0x7f
            ? String.fromCharCode(byte)
            : `\\x${byte.toString(16).padStart(2, '0')}`,
        )
        .join('');
  return shown.length > MAX_KEY_LENGTH
    ? `${shown.slice(0, MAX_KEY_LENGTH - 1)}…`
    : shown;
}

/** A key's time to live for people. */
export function formatTtl({ ttlMs, withoutTtl }: KeyFacts): string {
  if (withoutTtl) return 'none';
  return ttlMs === undefined ? '–' : formatMs(ttlMs);
}

/** Rows of samples for a preview. */
export function keySamples(facts: readonly KeyFacts[], total: number) {
  return {
    columns: ['Key', 'Type', 'Memory', 'Time to live', 'Node'],
    rows: facts.map(fact => [
      formatKey(fact.key),
      fact.type ?? '–',
      fact.sizeBytes === undefined ? '–' : formatBytes(fact.sizeBytes),
      formatTtl(fact),
      fact.node,
    ]),
    total,
  };
}

/** Memory of all keys that were counted, scaled up from those that were looked at. */
export function estimateBytes(
  facts: readonly KeyFacts[],
  count: KeyCount,
): number | undefined {
  const sizes = facts.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  if (!sizes.length) return undefined;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  return Math.round(mean * count.keys);
}

/** What a count leaves open, for warnings. */
export function countWarnings(count: KeyCount): string[] {
  if (count.complete) return [];
  return [
    `Counting ended after ${Math.round(
      count.share * 100,
    )} % of the keyspace: there are more keys than told here.`,
  ];
}
