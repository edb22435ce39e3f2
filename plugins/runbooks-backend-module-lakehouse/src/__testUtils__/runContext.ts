import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { RunbookRunContext } from '@lakehouse-ops/plugin-runbooks-node';

/** What the engine would give to an action's hooks. */
export function runContext<T>(
  input: T,
  options: {
    fingerprint?: JsonObject;
    memory?: JsonObject;
    signal?: AbortSignal;
  } = {},
): RunbookRunContext<T> & { lines: string[]; notes: JsonObject } {
  const lines: string[] = [];
  const notes: JsonObject = {};
  const write = (message: string) => {
    lines.push(message);
  };
  return {
    input,
    signal: options.signal ?? new AbortController().signal,
    credentials: mockCredentials.user(),
    runId: 'run-1',
    log: {
      info: write,
      warn: write,
      error: write,
      progress: (_share, message) => write(message),
    },
    fingerprint: options.fingerprint ?? {},
    memory: options.memory ?? {},
    remember: async note => {
      Object.assign(notes, note);
    },
    lines,
    notes,
  };
}
