/** A url without what may differ in how it is written: case of the host, default port, slash at its end. */
export function urlKey(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}
