import { ServiceUnavailableError, toError } from '@backstage/errors';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 16 * 1024;
const MAX_SHOWN_CHARACTERS = 200;

/**
 * Posts JSON to an address of the config: one attempt, no redirects, a whole
 * answer within ten seconds of which no more than 16 KiB is read.
 *
 * @throws ServiceUnavailableError that says what happened; never with the
 * address' query or the headers
 */
export async function postJson(options: {
  url: string;
  body: string;
  headers: Readonly<Record<string, string>>;
  signal: AbortSignal;
  timeoutMs?: number;
}): Promise<void> {
  const { url, body, headers, signal, timeoutMs = TIMEOUT_MS } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const place = new URL(url).host;
  let status: number;
  let answer: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'lakehouse-ops',
        ...headers,
      },
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
    });
    status = response.status;
    answer = await beginningOf(response);
  } catch (error) {
    throw new ServiceUnavailableError(
      deadline.aborted
        ? `${place} gave no whole answer in ${timeoutMs} ms; see whether it is overloaded`
        : `${place} could not be reached (${reasonOf(
            error,
          )}); check the target's url and that this backend may connect to it`,
    );
  }
  if (status >= 200 && status < 300) return;
  throw new ServiceUnavailableError(meaningOf(status, place, answer));
}

/** The first of an answer; what is beyond is thrown away with its connection. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < MAX_ANSWER_BYTES) {
    const { done, value } = await reader.read();
    if (done) return textOf(chunks);
    chunks.push(value);
    bytes += value.byteLength;
  }
  await reader.cancel();
  return textOf(chunks);
}

function textOf(chunks: readonly Uint8Array[]): string {
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

function meaningOf(status: number, place: string, answer: string): string {
  const said = answer
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MAX_SHOWN_CHARACTERS);
  const why = said ? `: ${said}` : '';
  if (status >= 300 && status < 400) {
    return `${place} sent us elsewhere (${status}), where nothing is sent; write the final address into the target's url`;
  }
  if (status === 401 || status === 403) {
    return `${place} refused the message (${status}); check the target's secret or token`;
  }
  return `${place} answered ${status}${why}`;
}

function reasonOf(thrown: unknown): string {
  const error = toError(thrown);
  const cause = error.cause === undefined ? error : toError(error.cause);
  const code =
    'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  return code ?? cause.message.slice(0, MAX_SHOWN_CHARACTERS);
}
