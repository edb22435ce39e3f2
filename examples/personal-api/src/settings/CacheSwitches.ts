import { z } from 'zod';
import type { PersonalApiSettings } from './readSettings';

const changeSchema = z.strictObject({
  coalescing: z.boolean().optional(),
  earlyExpiration: z.boolean().optional(),
  ttlSeconds: z.number().min(1).max(86_400).nullable().optional(),
});

/** How the cache behaves, changeable while the service runs. */
export class CacheSwitches {
  #now: PersonalApiSettings['cache'];

  static create(initial: PersonalApiSettings['cache']): CacheSwitches {
    return new CacheSwitches(initial);
  }

  private constructor(initial: PersonalApiSettings['cache']) {
    this.#now = initial;
  }

  get now(): PersonalApiSettings['cache'] {
    return this.#now;
  }

  /**
   * Changes what is named; a `ttlSeconds` of null goes back to freshness.
   *
   * @throws ZodError when it is no such change
   */
  change(request: unknown) {
    const { ttlSeconds, ...switches } = changeSchema.parse(request);
    const told = Object.fromEntries(
      Object.entries(switches).filter(([, value]) => value !== undefined),
    );
    this.#now = {
      ...this.#now,
      ...told,
      ...(ttlSeconds !== undefined && { ttlSeconds: ttlSeconds ?? undefined }),
    };
  }
}
