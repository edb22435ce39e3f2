import { InputError } from '@backstage/errors';

/** A cache, or the keys of it that begin with a prefix. @public */
export interface CacheRef {
  readonly connection: string;
  /** All keys when absent. */
  readonly prefix?: string;
}

/** @public */
export interface DashboardRef {
  readonly connection: string;
  /** Superset's id or uuid. */
  readonly id: string;
}

/** The workloads that run a system. @public */
export interface WorkloadsRef {
  /** A Kubernetes connection. */
  readonly connection: string;
  readonly namespace?: string;
  /** A label selector, as kubectl's `-l` takes it. */
  readonly selector?: string;
}

/** A key prefix may hold slashes: only the first one separates. */
function split(text: string): [connection: string, rest: string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0
    ? [text.trim(), undefined]
    : [text.slice(0, slash).trim(), text.slice(slash + 1).trim()];
}

/**
 * Reads `<connection>/<key prefix>` or `<connection>`.
 *
 * @throws InputError when no connection is named
 * @public
 */
export function parseCacheRef(text: string): CacheRef {
  const [connection, prefix] = split(text);
  if (!connection) {
    throw new InputError(
      `'${text}' does not name a cache. Write <connection>/<key prefix>, or <connection> for all of its keys.`,
    );
  }
  return { connection, prefix: prefix || undefined };
}

/**
 * Reads `<connection>/<id or uuid>`.
 *
 * @throws InputError when one of them is missing
 * @public
 */
export function parseDashboardRef(text: string): DashboardRef {
  const [connection, id] = split(text);
  if (!connection || !id || id.includes('/')) {
    throw new InputError(
      `'${text}' does not name a dashboard. Write <connection>/<id or uuid of the dashboard>.`,
    );
  }
  return { connection, id };
}

/**
 * Reads `<connection>`, `<connection>/<namespace>` or `<connection>/<namespace>/<label selector>`.
 *
 * @throws InputError when no connection is named
 * @public
 */
export function parseWorkloadsRef(text: string): WorkloadsRef {
  const [connection, rest] = split(text);
  if (!connection) {
    throw new InputError(
      `'${text}' does not name workloads. Write <connection>/<namespace>/<label selector>; the last two may be left out.`,
    );
  }
  if (rest === undefined) return { connection };
  const [namespace, selector] = split(rest);
  return {
    connection,
    namespace: namespace || undefined,
    selector: selector || undefined,
  };
}
