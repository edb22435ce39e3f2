import { ConfigReader } from '@backstage/config';
import { readPrometheusConnectionsConfig } from './readPrometheusConnectionsConfig';

const SERVER = { id: 'metrics', url: 'https://mimir/prometheus/' };

function read(entry: object) {
  return readPrometheusConnectionsConfig(
    new ConfigReader({ lakehouse: { prometheus: { connections: [entry] } } }),
  )[0];
}

describe('readPrometheusConnectionsConfig', () => {
  it('fills in what is not told', () => {
    expect(read(SERVER)).toMatchObject({
      url: 'https://mimir/prometheus',
      auth: { type: 'none' },
      tenant: undefined,
      maxSeries: 500,
      maxPoints: 1000,
    });
  });

  it('reads a token and a tenant', () => {
    expect(
      read({
        ...SERVER,
        auth: { type: 'bearer', tokenFile: '/token' },
        tenant: { value: 'team-a' },
      }),
    ).toMatchObject({
      auth: { type: 'bearer', tokenFile: '/token' },
      tenant: { header: 'x-scope-orgid', value: 'team-a' },
    });
  });

  it.each([
    [{ ...SERVER, auth: { type: 'jwt' } }, 'auth.type'],
    [{ ...SERVER, auth: { type: 'bearer' } }, 'token or tokenFile'],
    [
      { ...SERVER, auth: { type: 'bearer', token: 'a', tokenFile: 'b' } },
      'token or tokenFile',
    ],
    [
      { ...SERVER, auth: { type: 'basic', user: 'a:b', password: 'x' } },
      'auth.user',
    ],
    [{ ...SERVER, tenant: { header: 'a b', value: 'x' } }, 'tenant.header'],
    [{ ...SERVER, tenant: { value: 'ä' } }, 'tenant.value'],
    [{ ...SERVER, maxPoints: 20_000 }, 'maxPoints'],
    [{ ...SERVER, maxSeries: 0 }, 'maxSeries'],
  ])('names the field that can not be used: %j', (entry, field) => {
    expect(() => read(entry)).toThrow(field);
  });
});
