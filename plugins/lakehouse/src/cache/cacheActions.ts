import type { CachePrefix } from '@lakehouse-ops/plugin-lakehouse-common';

/** The prefix as a glob pattern of Redis, with its own special letters escaped. */
export function patternOf(prefix: string): string {
  return `${prefix.replace(/[\\*?[\]]/g, letter => `\\${letter}`)}*`;
}

/** What the runbooks of a prefix act on, and their parameters. */
export function prefixRun(prefix: Pick<CachePrefix, 'connection' | 'prefix'>) {
  const pattern = patternOf(prefix.prefix);
  return {
    target: {
      system: 'redis',
      connection: prefix.connection,
      kind: 'cache',
      name: pattern,
    },
    parameters: { connection: prefix.connection, pattern },
  };
}
