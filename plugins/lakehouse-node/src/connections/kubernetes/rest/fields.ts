import { z } from 'zod';

/** Go leaves out what is empty, and writes null for lists that are. */
export const count = z
  .number()
  .int()
  .nullish()
  .transform(value => value ?? 0);

export const optionalCount = z
  .number()
  .int()
  .nullish()
  .transform(value => value ?? undefined);

export const optionalText = z
  .string()
  .nullish()
  .transform(value => value || undefined);

/** RFC 3339, to ISO. */
export const optionalTime = z
  .string()
  .nullish()
  .transform(value => {
    const ms = value ? Date.parse(value) : NaN;
    return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
  });

export const textMap = z
  .record(z.string(), z.string())
  .nullish()
  .transform(value => value ?? {});

export function list<T extends z.ZodType>(of: T) {
  return z
    .array(of)
    .nullish()
    .transform(value => value ?? []);
}

export const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().default(''),
  resourceVersion: z.string().default(''),
  generation: count,
  creationTimestamp: optionalTime,
  deletionTimestamp: optionalTime,
  labels: textMap,
  annotations: textMap,
  ownerReferences: list(
    z.object({
      kind: z.string(),
      name: z.string(),
      controller: z.boolean().optional(),
    }),
  ),
});

export const labelSelector = z
  .object({
    matchLabels: textMap,
    matchExpressions: list(
      z.object({
        key: z.string(),
        operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
        values: list(z.string()),
      }),
    ),
  })
  .nullish();
