const URL_MAX = 8_000;

/**
 * Opens the form of a new file beside an entity's own. GitHub's is filled in;
 * GitLab's knows its name, and the text is to be pasted. Undefined for other
 * places.
 *
 * @param location - as `backstage.io/managed-by-location` has it
 */
export function pullRequestUrl(
  location: string | undefined,
  file: { name: string; text: string },
): string | undefined {
  const url = urlOf(location);
  if (!url) return undefined;
  const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const dash = path.indexOf('-');
  if (dash > 1 && ['blob', 'tree'].includes(path[dash + 1])) {
    const [branch, ...rest] = path.slice(dash + 2);
    return form(url, [...path.slice(0, dash), '-', 'new', branch], {
      folder: rest.slice(0, -1),
      query: {
        file_name: file.name,
        commit_message: `Add ${file.name}`,
      },
    });
  }
  if (!/^(www\.)?github\./.test(url.hostname)) return undefined;
  const [owner, repository, view, branch, ...rest] = path;
  if (!branch || !['blob', 'tree'].includes(view)) return undefined;
  return form(url, [owner, repository, 'new', branch], {
    folder: rest.slice(0, -1),
    query: {
      filename: file.name,
      value: file.text,
      message: `Add ${file.name}`,
    },
  });
}

function form(
  { origin }: URL,
  path: readonly string[],
  options: { folder: readonly string[]; query: Record<string, string> },
): string | undefined {
  const parts = [...path, ...options.folder].map(encodeURIComponent);
  const url = `${origin}/${parts.join('/')}?${new URLSearchParams(
    options.query,
  )}`;
  return url.length <= URL_MAX ? url : undefined;
}

function urlOf(location: string | undefined): URL | undefined {
  const target = location?.startsWith('url:') ? location.slice(4) : undefined;
  if (!target || !URL.canParse(target)) return undefined;
  const url = new URL(target);
  return url.protocol === 'https:' ? url : undefined;
}
