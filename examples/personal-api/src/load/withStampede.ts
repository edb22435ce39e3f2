import { z } from 'zod';

const switchesSchema = z.object({
  coalescing: z.boolean(),
  earlyExpiration: z.boolean(),
  ttlSeconds: z.number().optional(),
});

/**
 * Runs the work while the service has no protection and a hot key expires every
 * `ttlSeconds`, and puts the service back to what it was.
 */
export async function withStampede<T>(
  options: { admin: string; ttlSeconds: number },
  work: () => Promise<T>,
): Promise<T> {
  const before = switchesSchema.parse(await call('GET'));
  await call('PUT', {
    coalescing: false,
    earlyExpiration: false,
    ttlSeconds: options.ttlSeconds,
  });
  try {
    return await work();
  } finally {
    await call('PUT', { ...before, ttlSeconds: before.ttlSeconds ?? null });
  }

  async function call(method: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL('/admin/cache', options.admin), {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) {
      throw new Error(`${method} /admin/cache answered ${response.status}`);
    }
    return response.json();
  }
}
