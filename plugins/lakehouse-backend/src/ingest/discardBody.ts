import type { IncomingMessage } from 'node:http';

/** Lets what is left of a request's body come and go, within limits. */
export function discardBody(
  request: IncomingMessage,
  limits: { maxBytes: number; timeoutMs: number },
): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise(resolve => {
    let received = 0;
    const timer = setTimeout(done, limits.timeoutMs);
    request.on('data', onData);
    request.on('end', done);
    request.on('close', done);
    request.on('error', done);

    function onData(chunk: Buffer) {
      received += chunk.length;
      if (received > limits.maxBytes) done();
    }

    function done() {
      clearTimeout(timer);
      request.off('data', onData);
      request.off('end', done);
      request.off('close', done);
      request.off('error', done);
      resolve();
    }
  });
}
