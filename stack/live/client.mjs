import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Talks to the running stack's Trino as one of its users, by http or https.
 *
 * @param {{ env: Record<string, string>, user: string, secure?: boolean, password?: string }} options
 */
export function createClient({ env, user, secure = false, password }) {
  const base = secure ? env.STACK_TRINO_HTTPS_URL : env.STACK_TRINO_HTTP_URL;
  const headers = {
    'X-Trino-User': user,
    'X-Trino-Source': 'stack-live-test',
    ...(password && {
      Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString(
        'base64',
      )}`,
    }),
  };
  const ca = secure ? readFileSync(env.STACK_TRINO_CA_FILE) : undefined;

  const call = (path, { method = 'GET', body } = {}) =>
    new Promise((resolve, reject) => {
      const send = secure ? httpsRequest : httpRequest;
      const request = send(
        new URL(path, base),
        { method, headers, ca },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', chunk => {
            text += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode, text }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });

  const callJson = async (path, init) => {
    const { status, text } = await call(path, init);
    if (status !== 200) {
      throw new Error(`HTTP ${status}: ${text.slice(0, 200)}`);
    }
    return JSON.parse(text);
  };

  const finish = async first => {
    let page = first;
    const rows = [...(page.data ?? [])];
    while (page.nextUri) {
      page = await callJson(page.nextUri);
      rows.push(...(page.data ?? []));
      await sleep(page.data ? 0 : POLL_MS);
    }
    return { rows, error: page.error };
  };

  return {
    call,
    /** Runs a statement to its end. */
    async run(sql) {
      return finish(
        await callJson('/v1/statement', { method: 'POST', body: sql }),
      );
    },
    /** Starts a statement; `ended` waits for its end. */
    async begin(sql) {
      const page = await callJson('/v1/statement', {
        method: 'POST',
        body: sql,
      });
      return { id: page.id, ended: finish(page) };
    },
  };
}
