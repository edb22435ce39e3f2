import type { IncomingMessage } from 'node:http';
import { toError } from '@backstage/errors';

/** The body is larger than is read; answered with 413. */
export class BodyTooLargeError extends Error {
  readonly statusCode = 413;

  constructor(
    maxBytes: number,
    remedy: string = 'Raise lakehouse.ingest.maxBodyBytes.',
  ) {
    super(
      `The body is larger than ${maxBytes} bytes and was not read. ${remedy}`,
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

/** Reads a request's body as it is; of one that is too large, no more than that shows. */
export function readBody(
  request: IncomingMessage,
  options: {
    maxBytes: number;
    timeoutMs: number;
    /** What a sender of too large a body can do, as a sentence. */
    tooLargeRemedy?: string;
    /** Called for each chunk before it is kept; what it throws ends the reading. */
    onBytes: (count: number) => void;
  },
): Promise<Buffer> {
  const { maxBytes, timeoutMs, tooLargeRemedy, onBytes } = options;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const timer = setTimeout(
      () => onError(new BodyTimeoutError(timeoutMs)),
      timeoutMs,
    );
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', onError);
    request.on('close', onClose);

    function onData(chunk: Buffer) {
      received += chunk.length;
      if (received > maxBytes) {
        onError(new BodyTooLargeError(maxBytes, tooLargeRemedy));
        return;
      }
      try {
        onBytes(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        onError(toError(error));
      }
    }

    function onEnd() {
      stop();
      resolve(Buffer.concat(chunks, received));
    }

    function onClose() {
      onError(new Error('The sender went away before its body had come'));
    }

    function onError(error: Error) {
      stop();
      reject(error);
    }

    function stop() {
      clearTimeout(timer);
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('error', onError);
      request.off('close', onClose);
    }
  });
}
