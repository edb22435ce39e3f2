import { toError } from '@backstage/errors';
import { z } from 'zod';
import type { HttpEndpoint } from './readHttpCheckConfig';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_TEXT_LENGTH = 2000;

export const httpAnswerSchema = z.object({
  /** It answered with a status below 400. */
  up: z.boolean(),
  status: z.number().optional(),
  latencyMs: z.number(),
  contentType: z.string().optional(),
  /** The beginning of the body. */
  text: z.string().optional(),
  /** The body, when it is JSON. */
  json: z.json().optional(),
  /** The body was longer than is read. */
  truncated: z.boolean(),
  /** Why there was no answer. */
  error: z.string().optional(),
});

export type HttpAnswer = z.output<typeof httpAnswerSchema>;

/** Asks an address once. That it does not answer is an answer too. */
export async function askEndpoint(
  endpoint: HttpEndpoint,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const began = performance.now();
  const latencyMs = () => Math.round(performance.now() - began);
  try {
    const response = await fetch(endpoint.url, {
      redirect: 'manual',
      headers: endpoint.authorization
        ? { authorization: endpoint.authorization }
        : {},
      signal: AbortSignal.any([
        signal,
        AbortSignal.timeout(endpoint.timeoutMs),
      ]),
    });
    const { text, truncated } = await readBounded(response);
    const contentType = response.headers.get('content-type') ?? undefined;
    const json =
      contentType?.includes('json') && !truncated ? parsed(text) : undefined;
    return {
      up: response.status < 400,
      status: response.status,
      latencyMs: latencyMs(),
      contentType,
      text: text.slice(0, MAX_TEXT_LENGTH),
      ...(json === undefined ? {} : { json }),
      truncated,
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      up: false,
      latencyMs: latencyMs(),
      truncated: false,
      error: whyOf(error, endpoint.timeoutMs),
    };
  }
}

async function readBounded(
  response: Response,
): Promise<{ text: string; truncated: boolean }> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  const reader = response.body?.getReader();
  if (!reader) return { text, truncated: false };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), truncated: false };
      const rest = MAX_BODY_BYTES - bytes;
      text += decoder.decode(value.subarray(0, rest), { stream: true });
      bytes += value.byteLength;
      if (bytes > MAX_BODY_BYTES) return { text, truncated: true };
    }
  } finally {
    await reader.cancel();
  }
}

function parsed(text: string): HttpAnswer['json'] {
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Fetch hides what went wrong in the cause. */
function whyOf(error: unknown, timeoutMs: number): string {
  const { name, message, cause } = toError(error);
  if (name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const inner = cause instanceof Error ? cause : undefined;
  return inner?.message || message;
}
