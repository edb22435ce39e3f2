import { expect } from '@playwright/test';
import type { Preview, Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Answer, Person } from './Person';

export const MINUTE_MS = 60_000;
export const POLL_MS = 1_000;
export const APPROVER = 'owen';
export const OPERATOR = 'olivia';

/** What was answered; an answer that is no success fails the test. */
export function read<T>({ status, text }: Answer): T {
  if (status >= 300) throw new Error(`${status}: ${text}`);
  return JSON.parse(text);
}

/** A run as somebody sees it. */
export const getRun = async (person: Person, id: string) =>
  read<Run>(await person.runbooks(`runs/${id}`));

/** Looks at a run until it is as wanted. */
export async function waitForRun(
  person: Person,
  id: string,
  is: (run: Run) => boolean,
): Promise<Run> {
  let run: Run | undefined;
  await expect
    .poll(
      async () => {
        run = await getRun(person, id);
        return is(run) ? 'reached' : `${run.state}: ${run.error?.message}`;
      },
      { timeout: MINUTE_MS, intervals: [POLL_MS] },
    )
    .toBe('reached');
  if (!run) throw new Error('It was never read.');
  return run;
}

/** What starts exactly what was previewed. */
export const startOf = ({ id, hash }: Preview) => ({
  previewId: id,
  previewHash: hash,
  idempotencyKey: `e2e-${id}`,
});
