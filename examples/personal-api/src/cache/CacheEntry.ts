import { z } from 'zod';

const entrySchema = z.object({
  value: z.unknown(),
  fillMs: z.number().min(0),
  expiresAtMs: z.number(),
});

/** What stands in the cache under a key. */
export type CacheEntry = z.infer<typeof entrySchema>;

/** Undefined when the text is none of ours: it counts as missing. */
export function parseCacheEntry(text: string): CacheEntry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not even JSON: the same.
    return undefined;
  }
}
