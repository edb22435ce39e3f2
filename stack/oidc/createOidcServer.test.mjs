import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createOidcServer } from './createOidcServer.mjs';

const REDIRECT_URI = 'http://localhost:7007/api/auth/oidc/handler/frame';

describe('the OpenID Connect provider', () => {
  let issuer;
  let server;
  before(async () => {
    // The issuer's name holds the port, so the port comes first.
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address();
    probe.close();
    await once(probe, 'close');
    issuer = `http://127.0.0.1:${port}`;
    server = createOidcServer({
      issuer,
      clientId: 'client',
      clientSecret: 'secret',
      redirectUris: [REDIRECT_URI],
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const cookies = new Map();
  const browse = async (url, method = 'GET') => {
    const response = await fetch(new URL(url, issuer), {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...cookies]
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';');
      cookies.set(...pair.split(/=(.*)/, 2));
    }
    return response;
  };
  const authorize = redirectUri =>
    `/auth?${new URLSearchParams({
      client_id: 'client',
      response_type: 'code',
      scope: 'openid profile email',
      redirect_uri: redirectUri,
      state: 'a-state',
    })}`;

  it('signs Olivia in by the authorization-code flow', async () => {
    const begun = await browse(authorize(REDIRECT_URI));
    const page = begun.headers.get('location');
    assert.match(await (await browse(page)).text(), /Olivia/);
    const chosen = await browse(`${page}/olivia`, 'POST');
    const done = await browse(chosen.headers.get('location'));
    const target = new URL(done.headers.get('location'));
    assert.equal(`${target.origin}${target.pathname}`, REDIRECT_URI);
    assert.equal(target.searchParams.get('state'), 'a-state');

    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('client:secret')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: target.searchParams.get('code'),
        redirect_uri: REDIRECT_URI,
      }),
    });
    const tokens = await answer.json();
    assert.ok(tokens.refresh_token);
    const info = await fetch(`${issuer}/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    assert.equal((await info.json()).email, 'olivia@example.com');
  });

  it('sends nobody to an address that it does not know', async () => {
    const answer = await browse(authorize('http://localhost:1/elsewhere'));
    assert.equal(answer.status, 400);
  });

  it('knows nobody else', async () => {
    const answer = await browse('/interaction/nothing/mallory', 'POST');
    assert.equal(answer.status, 400);
  });
});
