import { ConfigReader } from '@backstage/config';
import { readGatewayConnectionsConfig } from './readGatewayConnectionsConfig';

const TRINO = [{ id: 'etl', url: 'https://Trino-ETL:443/', user: 'ops' }];

function read(entry: object, trino: object[] = TRINO) {
  return readGatewayConnectionsConfig(
    new ConfigReader({
      lakehouse: {
        trino: { connections: trino },
        trinoGateway: { connections: [entry] },
      },
    }),
  )[0];
}

const GATEWAY = { id: 'gw', url: 'http://gateway:8080/' };

describe('readGatewayConnectionsConfig', () => {
  it('fills in what is not told as Gateway itself does', () => {
    expect(read(GATEWAY)).toMatchObject({
      id: 'gw',
      title: 'gw',
      url: 'http://gateway:8080',
      auth: { type: 'none' },
      defaultRoutingGroup: 'adhoc',
      monitor: 'INFO_API',
      trinoByBackend: {},
      trinoByUrl: { 'https://trino-etl': 'etl' },
    });
  });

  it('reads a login, a monitor, and which backend is which Trino', () => {
    expect(
      read({
        ...GATEWAY,
        auth: { type: 'form', user: 'ops', password: 'secret' },
        monitorType: 'METRICS',
        defaultRoutingGroup: 'general',
        backends: [{ name: 'trino-1', trino: 'etl' }],
      }),
    ).toMatchObject({
      auth: { type: 'form', user: 'ops', password: 'secret' },
      monitor: 'METRICS',
      defaultRoutingGroup: 'general',
      trinoByBackend: { 'trino-1': 'etl' },
    });
  });

  it.each([
    [{ ...GATEWAY, auth: { type: 'oauth' } }, 'auth.type'],
    [{ ...GATEWAY, auth: { type: 'form' } }, 'auth.user'],
    [
      { ...GATEWAY, auth: { type: 'basic', user: 'a:b', password: 'x' } },
      'auth.user',
    ],
    [{ ...GATEWAY, monitorType: 'METRIC' }, 'monitorType'],
    [
      { ...GATEWAY, backends: [{ name: 'a', trino: 'nobody' }] },
      'backends[0].trino',
    ],
    [{ ...GATEWAY, url: 'gateway:8080' }, 'url'],
  ])('names the field that can not be used: %j', (entry, field) => {
    expect(() => read(entry)).toThrow(field);
  });
});
