/** What goes wrong on a node, until it is taken back. */
export interface RedisFaults {
  /** Answers LOADING. */
  loading: boolean;
  /** Answers READONLY to writes, as a replica. */
  readonly: boolean;
  /** Answers OOM to writes that need memory. */
  outOfMemory: boolean;
  /** Answers MASTERDOWN, as a replica that lost its primary. */
  masterDown: boolean;
  /** Answers CLUSTERDOWN. */
  clusterDown: boolean;
  /** Commands by name (`config`, `config|get`) that are refused: by rights, or as not known. */
  refused: Map<string, 'noperm' | 'unknown'>;
  /** Added to each answer. */
  delayMs: number;
  /** Closes the socket instead of answering: before the command is done, or after. */
  drop: 'before' | 'after' | undefined;
  /** Answers HTML instead of RESP. */
  garbage: boolean;
}

export function noFaults(): RedisFaults {
  return {
    loading: false,
    readonly: false,
    outOfMemory: false,
    masterDown: false,
    clusterDown: false,
    refused: new Map(),
    delayMs: 0,
    drop: undefined,
    garbage: false,
  };
}
