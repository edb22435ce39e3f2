import {
  formatTableName,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Tells whether a table is wanted: named by a pattern to include (or there is none), and by none to exclude. */
export function tableFilter(options: {
  include: readonly string[];
  exclude: readonly string[];
}): (ref: TableRef) => boolean {
  const include = options.include.map(toRegExp);
  const exclude = options.exclude.map(toRegExp);
  return ref => {
    const name = formatTableName(ref);
    return (
      (include.length === 0 || include.some(pattern => pattern.test(name))) &&
      !exclude.some(pattern => pattern.test(name))
    );
  };
}

/** Whether a pattern may name a table of the catalog: others need not be listed. */
export function mayInclude(
  include: readonly string[],
  catalog: string,
): boolean {
  const start = `${catalog}.`.toLowerCase();
  return (
    include.length === 0 ||
    include.some(pattern => {
      const literal = /^[^*?]*/.exec(pattern.toLowerCase())?.[0] ?? '';
      return literal.startsWith(start) || start.startsWith(literal);
    })
  );
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'i');
}
