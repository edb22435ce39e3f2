import { ConfigReader } from '@backstage/config';
import { readSloDefinitionsConfig } from './readSloDefinitionsConfig';

const read = (slo: object) =>
  readSloDefinitionsConfig(new ConfigReader({ lakehouse: { slo } }));

describe('readSloDefinitionsConfig', () => {
  it('needs nothing', () => {
    expect(readSloDefinitionsConfig(new ConfigReader({}))).toEqual({
      locations: [],
      retentionDays: 400,
      notificationTargets: [],
    });
  });

  it('reads locations, targets and retention', () => {
    expect(
      read({
        locations: [
          { target: './slos.yaml' },
          { target: 'https://x/y', entity: 'Shop', connection: 'prometheus' },
        ],
        retentionDays: 90,
        notificationTargets: { pager: { type: 'webhook' } },
      }),
    ).toEqual({
      locations: [
        { target: './slos.yaml' },
        {
          target: 'https://x/y',
          entity: 'component:default/shop',
          connection: 'prometheus',
        },
      ],
      retentionDays: 90,
      notificationTargets: ['pager'],
    });
  });

  it.each([
    [{ retentionDays: 0 }, /lakehouse.slo.retentionDays is 0/],
    [{ retentionDays: 1.5 }, /lakehouse.slo.retentionDays is 1.5/],
    [
      { locations: [{ target: 'x', entity: ':' }] },
      /locations\[0\].entity is ':'/,
    ],
    [{ locations: [{}] }, /target/],
    [
      { locations: Array.from({ length: 501 }, () => ({ target: 'x' })) },
      /has 501 entries/,
    ],
  ])('names what it can not use: %j', (slo, message) => {
    expect(() => read(slo)).toThrow(message);
  });
});
