import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readKubernetesConnectionsConfig } from './readKubernetesConnectionsConfig';

const read = (connection: JsonObject, more: JsonObject = {}) =>
  readKubernetesConnectionsConfig(
    new ConfigReader({
      ...more,
      lakehouse: { kubernetes: { connections: [connection] } },
    }),
  )[0];

const inCluster = { id: 'prod', auth: { type: 'in-cluster' } };
const withWorkload = (workload: JsonObject) => ({
  ...inCluster,
  workloads: [{ namespace: 'lakehouse', ...workload }],
});
const locators = (cluster: JsonObject) => ({
  kubernetes: {
    clusterLocatorMethods: [
      { type: 'catalog' },
      {
        type: 'config',
        clusters: [
          { name: 'other', url: 'https://other', authProvider: 'google' },
          { name: 'main', authProvider: 'serviceAccount', ...cluster },
        ],
      },
    ],
  },
});

describe('readKubernetesConnectionsConfig', () => {
  it('has defaults for all but the auth', () => {
    expect(read(withWorkload({ of: 'analytics' }))).toEqual({
      id: 'prod',
      title: 'prod',
      uiUrl: undefined,
      auth: { type: 'in-cluster' },
      workloads: [
        {
          of: 'analytics',
          namespace: 'lakehouse',
          selector: undefined,
          kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
          scale: undefined,
        },
      ],
      requestTimeoutMs: 15_000,
      maxResponseBytes: 16 * 1024 * 1024,
      pageSize: 250,
      maxItems: 2000,
      capabilitiesTtlMs: 600_000,
      breaker: { failures: 5, reopenAfterMs: 5000 },
    });
    expect(readKubernetesConnectionsConfig(new ConfigReader({}))).toEqual([]);
  });

  it('reads a kubeconfig, a token, and what may be scaled', () => {
    expect(
      read({
        id: 'a',
        auth: { type: 'kubeconfig', file: '/etc/kube/config', context: 'c' },
      }).auth,
    ).toEqual({ type: 'kubeconfig', file: '/etc/kube/config', context: 'c' });
    expect(
      read({
        id: 'a',
        url: 'https://api.example.com:6443/',
        auth: { type: 'token', tokenFile: '/run/token' },
        tls: { caFile: '/ca.pem' },
      }).auth,
    ).toMatchObject({
      type: 'token',
      url: 'https://api.example.com:6443',
      tokenFile: '/run/token',
      tls: { caFile: '/ca.pem' },
    });
    expect(
      read(
        withWorkload({
          selector: 'app in (trino,redis),!old',
          kinds: ['StatefulSet'],
          scale: { min: 0, max: 4 },
        }),
      ).workloads[0],
    ).toMatchObject({ kinds: ['StatefulSet'], scale: { min: 0, max: 4 } });
  });

  it("takes a cluster of Backstage's Kubernetes plugin by its name", () => {
    expect(
      read(
        { id: 'a', auth: { type: 'backstage', cluster: 'main' } },
        locators({
          url: 'https://10.0.0.1:6443',
          serviceAccountToken: 't',
          caData: 'Q0E=',
          skipTLSVerify: true,
        }),
      ).auth,
    ).toEqual({
      type: 'backstage',
      cluster: 'main',
      url: 'https://10.0.0.1:6443',
      token: 't',
      caData: 'Q0E=',
      caFile: undefined,
      skipTlsVerify: true,
    });
  });

  it.each<[string, JsonObject, JsonObject, RegExp]>([
    ['no auth', { id: 'a' }, {}, /auth.type/],
    [
      'an unknown auth',
      { id: 'a', auth: { type: 'x' } },
      {},
      /kubeconfig, in-cluster, token or backstage/,
    ],
    [
      'a token over http',
      {
        id: 'a',
        url: 'http://api.example.com',
        auth: { type: 'token', token: 't' },
      },
      {},
      /url is 'http:\/\/api.example.com\/'. A token needs https/,
    ],
    [
      'no token',
      { id: 'a', url: 'https://api', auth: { type: 'token' } },
      {},
      /either token or tokenFile/,
    ],
    [
      'an unknown cluster',
      { id: 'a', auth: { type: 'backstage', cluster: 'nope' } },
      locators({ url: 'https://x', serviceAccountToken: 't' }),
      /'nope', which is not among .* \(other, main\)/,
    ],
    [
      'a cluster without a token',
      { id: 'a', auth: { type: 'backstage', cluster: 'other' } },
      locators({ url: 'https://x' }),
      /clusters\[0\] has no serviceAccountToken/,
    ],
    [
      'a namespace with a pattern',
      withWorkload({ namespace: '*' }),
      {},
      /workloads\[0\].namespace is '\*'/,
    ],
    [
      'an odd selector',
      withWorkload({ selector: 'a=b&limit=1' }),
      {},
      /selector is/,
    ],
    [
      'an unknown kind',
      withWorkload({ kinds: ['Pod'] }),
      {},
      /kinds holds 'Pod'/,
    ],
    [
      'bounds upside down',
      withWorkload({ scale: { min: 3, max: 1 } }),
      {},
      /from 3 to 1/,
    ],
    [
      'bounds below 0',
      withWorkload({ scale: { min: -1, max: 1 } }),
      {},
      /scale/,
    ],
  ])('refuses %s, and names the field', (_name, connection, more, message) => {
    expect(() => read(connection, more)).toThrow(message);
  });
});
