/** Where the SLO tab is mounted on entity pages. */
export const SLO_CONTENT_PATH = '/slos';

/** The SLO tab of the entity at this path, with something open. */
export function sloPath(
  entityPath: string,
  params: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams(params).toString();
  return `${entityPath}${SLO_CONTENT_PATH}${search && `?${search}`}`;
}
