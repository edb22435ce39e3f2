import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { TLSSocket } from 'node:tls';
import { createTestCertificates } from '../../../testing/createTestCertificates';
import { createTestConfig } from '../../../testing/createTestConfig';
import {
  ScriptedServer,
  sendJson,
  startScriptedServer,
} from '../../../testing/startScriptedServer';
import type { TrinoConnectionConfig } from '../config';
import { DefaultTrinoConnection } from '../DefaultTrinoConnection';

describe('authentication over TLS', () => {
  const files = createMockDirectory();
  const certificates = createTestCertificates();
  let server: ScriptedServer;
  let connection: DefaultTrinoConnection | undefined;
  let clients: Array<string | undefined>;

  const connect = (overrides: Partial<TrinoConnectionConfig>) => {
    connection = DefaultTrinoConnection.create({
      config: createTestConfig({
        url: server.url,
        tls: { caFile: files.resolve('ca.pem') },
        ...overrides,
      }),
      logger: mockServices.logger.mock(),
    });
    return connection;
  };
  const lastHeaders = () => server.seen[server.seen.length - 1].headers;

  beforeEach(async () => {
    files.setContent({
      'ca.pem': certificates.ca.cert,
      'client.pem': certificates.client.cert,
      'client.key': certificates.client.key,
      token: 'first\n',
    });
    clients = [];
    server = await startScriptedServer(
      (_request, response, { socket }) => {
        clients.push(
          socket instanceof TLSSocket && socket.authorized
            ? String(socket.getPeerCertificate().subject.CN)
            : undefined,
        );
        sendJson(response, []);
      },
      {
        tls: {
          ...certificates.server,
          ca: certificates.ca.cert,
          requestCert: true,
          rejectUnauthorized: false,
        },
      },
    );
  });

  afterEach(async () => {
    await connection?.close();
    await server.close();
  });

  it('sends a password, and the user that statements run as', async () => {
    await connect({
      auth: { type: 'basic', user: 'svc', password: 'pä:ss' },
    }).listQueries();
    expect(lastHeaders()).toMatchObject({
      authorization: `Basic ${Buffer.from('svc:pä:ss').toString('base64')}`,
      'x-trino-user': 'lakehouse-ops',
    });
    expect(clients).toEqual([undefined]);
  });

  it('sends a token of the config', async () => {
    await connect({ auth: { type: 'jwt', token: 'abc' } }).listQueries();
    expect(lastHeaders().authorization).toBe('Bearer abc');
  });

  it('reads a file with a token again when it has changed', async () => {
    connect({ auth: { type: 'jwt', tokenFile: files.resolve('token') } });
    await connection?.listQueries();
    expect(lastHeaders().authorization).toBe('Bearer first');
    // Coarse file systems tell a change only by another time.
    await new Promise(resolve => setTimeout(resolve, 20));
    files.addContent({ token: 'second' });
    await connection?.listQueries();
    expect(lastHeaders().authorization).toBe('Bearer second');
  });

  it('shows its client certificate', async () => {
    await connect({
      auth: { type: 'certificate' },
      tls: {
        caFile: files.resolve('ca.pem'),
        certFile: files.resolve('client.pem'),
        keyFile: files.resolve('client.key'),
      },
    }).listQueries();
    expect(clients).toEqual(['lakehouse-ops']);
    expect(lastHeaders().authorization).toBeUndefined();
  });

  it('does not trust a server whose CA it does not know', async () => {
    await expect(connect({ tls: {} }).listQueries()).rejects.toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('not trusted'),
      remedy: expect.stringContaining('tls.caFile'),
    });
    expect(server.seen).toEqual([]);
  });

  it('says that a file is missing', async () => {
    await expect(
      connect({ tls: { caFile: files.resolve('gone.pem') } }).listQueries(),
    ).rejects.toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('ENOENT'),
      remedy: expect.stringContaining('tls.caFile'),
    });
  });

  it('never repeats a secret in an error', async () => {
    server.answer = (_request, response) => {
      response.writeHead(401).end('Access Denied: Invalid credentials');
    };
    const error = await connect({
      auth: { type: 'basic', user: 'svc', password: 'hush-hush' },
    })
      .listQueries()
      .catch(e => e);
    expect(error).toMatchObject({ name: 'TrinoDeniedError', status: 401 });
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('hush');
  });
});
