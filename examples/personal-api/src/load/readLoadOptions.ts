import { parseArgs } from 'node:util';
import { z } from 'zod';

const optionsSchema = z.object({
  url: z.url().default('http://127.0.0.1:18500'),
  admin: z.url().default('http://127.0.0.1:18501'),
  /** Requests a second. */
  rate: z.coerce.number().min(1).max(1_000).default(50),
  seconds: z.coerce.number().min(1).max(600).default(30),
  stampede: z.boolean().default(false),
  ttl: z.coerce.number().min(1).max(600).default(5),
});

/** What load is made. */
export type LoadOptions = z.infer<typeof optionsSchema>;

/** @throws ZodError when the arguments can't be used */
export function readLoadOptions(args: string[]): LoadOptions {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      admin: { type: 'string' },
      rate: { type: 'string' },
      seconds: { type: 'string' },
      stampede: { type: 'boolean' },
      ttl: { type: 'string' },
    },
  });
  return optionsSchema.parse(values);
}
