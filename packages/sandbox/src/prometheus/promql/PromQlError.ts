/** An expression that is wrong, or beyond what the sandbox understands. Prometheus calls both bad_data. */
export class PromQlError extends Error {}
