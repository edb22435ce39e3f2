import { z } from 'zod';

const text = z.string();

/** What an alert is told of, as it stood when it fired: its SLO or entity may be gone when it ends. */
export const alertSubjectSchema = z.object({
  name: text,
  title: text,
  service: text,
  entityRef: text.optional(),
  owner: text.optional(),
  onCall: text.optional(),
  labels: z.record(text, text),
  connections: z.array(text),
  /** Names of runbooks that its owners suggest. */
  runbooks: z.array(text),
  /** `owner`, `on-call`, or names of the config's targets. */
  targets: z.array(text),
  whenBreaching: z.boolean(),
  whenResolved: z.boolean(),
});

export type AlertSubject = Readonly<z.infer<typeof alertSubjectSchema>>;
