import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { RunbookRunContext } from '../createRunbookAction';
import { plainJson } from './plainJson';

/** A line that an action wrote. @public */
export interface RecordedLine {
  readonly level: 'info' | 'warn' | 'error' | 'progress';
  readonly message: string;
  /** 0 to 1, of progress. */
  readonly share?: number;
}

const TESTER: BackstageCredentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: 'user:default/tester' },
};

/** What the engine would hold of one run: its notes and its log. */
export class RecordedRun {
  readonly runId: string;
  readonly lines: RecordedLine[] = [];
  #memory: JsonObject = {};

  constructor(runId: string) {
    this.runId = runId;
  }

  /** All that was remembered so far. */
  get memory(): JsonObject {
    return this.#memory;
  }

  /** What a hook is given at this moment. */
  context<TInput>(options: {
    input: TInput;
    fingerprint: JsonObject;
    signal: AbortSignal;
    credentials?: BackstageCredentials;
  }): RunbookRunContext<TInput> {
    const write =
      (level: RecordedLine['level']) => (message: string, share?: number) => {
        this.lines.push({
          level,
          message,
          ...(share === undefined ? {} : { share }),
        });
      };
    const progress = write('progress');
    return {
      input: options.input,
      signal: options.signal,
      credentials: options.credentials ?? TESTER,
      runId: this.runId,
      fingerprint: options.fingerprint,
      memory: this.#memory,
      log: {
        info: write('info'),
        warn: write('warn'),
        error: write('error'),
        progress: (share, message) => progress(message, share),
      },
      remember: async note => {
        this.#memory = {
          ...this.#memory,
          ...plainJson('a note that is remembered', note),
        };
      },
    };
  }
}
