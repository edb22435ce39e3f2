const TIMEOUT_MS = 3000;

/**
 * Whether a URL answers with success and, when asked for more, with the right body.
 *
 * @param {string} url
 * @param {(body: unknown) => boolean} [accepts] judges the JSON body
 */
export async function isAnswering(url, accepts = () => true) {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await response.json();
    return response.ok && accepts(body);
  } catch {
    // Not up yet: refused, reset, or not JSON.
    return false;
  }
}

/** Whether a URL answers with success, whatever it says. */
export async function isOk(url) {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not up yet.
    return false;
  }
}
