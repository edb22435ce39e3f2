/** An answer whose body was read whole. */
export interface SystemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `name=value` of each cookie that was set. */
  readonly cookies: readonly string[];
  readonly text: string;
  readonly bytes: number;
}

/** One request, and how its answer is to be read. */
export interface SystemRequest<T> {
  /** What is asked for, as the subject of a sentence. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, below the url of the connection. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes: number;
  /** The config field that raises maxBytes. */
  readonly limitField?: string;
  /** Which statuses `read` understands, 200 unless told; others become errors. */
  readonly statuses?: readonly number[];
  /** Tries again when the server is busy or the connection broke. Only for what is safe to repeat. */
  readonly retry?: boolean;
  /** Tried even while the breaker is open, and not counted by it. */
  readonly bypassBreaker?: boolean;
  /** Turns the answer into what is wanted; throws the system's unavailable error of kind bad-response. */
  readonly read: (answer: SystemAnswer) => T;
}
