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

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'iu');
}
