import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** New values of search parameters; undefined or empty takes one away. */
export type UrlPatch = Readonly<
  Record<string, string | readonly string[] | undefined>
>;

/**
 * The search parameters of the page, where filters, sort order, page and open
 * drawer are kept so that a link shows what its sender saw. `replace` while
 * somebody types, so that Back leads to where they came from.
 */
export function useUrlState() {
  const [params, setParams] = useSearchParams();
  const update = useCallback(
    (patch: UrlPatch, options: { replace?: boolean } = {}) =>
      setParams(before => applyUrlPatch(before, patch), {
        replace: options.replace ?? false,
        preventScrollReset: true,
      }),
    [setParams],
  );
  return { params, update };
}

/** The parameters with a patch applied; others stay as they are. */
export function applyUrlPatch(
  before: URLSearchParams,
  patch: UrlPatch,
): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [name, value] of Object.entries(patch)) {
    after.delete(name);
    for (const one of typeof value === 'string' ? [value] : value ?? []) {
      if (one !== '') after.append(name, one);
    }
  }
  return after;
}
