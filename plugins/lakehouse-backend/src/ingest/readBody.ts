import type { IncomingMessage } from 'node:http';

/** The body is larger than is read; answered with 413. */
export class BodyTooLargeError extends Error {
  readonly statusCode = 413;

  constructor(maxBytes: number) {
    super(
      `The body is larger than ${maxBytes} bytes and was not read. Raise lakehouse.ingest.maxBodyBytes.`,
    );
    this.name = 'BodyTooLargeError';
  }
}

/** The body did not come in time; answered with 408, upon which Trino sends it again. */
export class BodyTimeoutError extends Error {
  readonly statusCode = 408;

  constructor(timeoutMs: number) {
    super(
      `The body did not come within ${timeoutMs} ms. Send it again; check the network if it happens often.`,
    );
    this.name = 'BodyTimeoutError';
  }
}

/**
 * Reads a request's body as it is. Of one that is too large the rest is thrown
 * away as it comes, up to as much again, so that its sender can read our
 * answer instead of a broken connection.
 */
export function readBody(
  request: IncomingMessage,
  options: {
    maxBytes: number;
    timeoutMs: number;
    /** Called for each chunk before it is kept; what it throws ends the reading. */
    onBytes: (count: number) => void;
  },
): Promise<Buffer> {
  const { maxBytes, timeoutMs, onBytes } = options;
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let received = 0;
    let failure: Error | undefined;

    const settle = (done: () => void) => {
      clearTimeout(timer);
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('error', fail);
      request.off('close', onClose);
      chunks = [];
      done();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const onEnd = () => {
      const body = failure ? undefined : Buffer.concat(chunks, received);
      settle(() => (body ? resolve(body) : reject(failure)));
    };
    const onClose = () => fail(failure ?? new Error('The sender went away'));
    const onData = (chunk: Buffer) => {
      received += chunk.length;
      if (failure) {
        if (received > 2 * maxBytes) fail(failure);
        return;
      }
      if (received > maxBytes) {
        failure = new BodyTooLargeError(maxBytes);
        chunks = [];
        return;
      }
      try {
        onBytes(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        chunks = [];
      }
    };
    const timer = setTimeout(
      () => fail(failure ?? new BodyTimeoutError(timeoutMs)),
      timeoutMs,
    );
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', fail);
    request.on('close', onClose);
  });
}
