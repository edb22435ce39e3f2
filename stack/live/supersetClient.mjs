/**
 * Logs in to the stack's Superset.
 *
 * @param {{ url: string, user: string, password: string }} options
 * @returns a function that calls the REST API and answers status and JSON body
 */
export async function loginToSuperset({ url, user, password }) {
  const login = await fetch(`${url}/api/v1/security/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: user, password, provider: 'db' }),
  });
  if (!login.ok) {
    throw new Error(`Superset answered ${login.status} to the login.`);
  }
  const authorization = `Bearer ${(await login.json()).access_token}`;
  // The token for changes belongs to the session of its cookie.
  const csrf = await fetch(`${url}/api/v1/security/csrf_token/`, {
    headers: { authorization },
  });
  const csrfToken = (await csrf.json()).result ?? '';
  const cookie = csrf.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ');

  return async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...{ authorization, cookie },
        'X-CSRFToken': csrfToken,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
}
