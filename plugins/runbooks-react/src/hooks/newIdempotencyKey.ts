/**
 * A random key for one confirmation. Browsers offer `randomUUID` on secure
 * pages only, and many a Backstage is served over plain HTTP inside a company.
 */
export function newIdempotencyKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
