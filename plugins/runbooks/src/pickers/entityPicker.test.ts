import { TestApiRegistry } from '@backstage/test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { entityPicker } from './entityPicker';

const ask = (text: string, apis = TestApiRegistry.from()) =>
  entityPicker.load({
    text,
    apis,
    parameters: {},
    valueOf: () => undefined,
    signal: new AbortController().signal,
  });

const entities = ['analytics', 'sales'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, namespace: 'default', title: `The ${name}` },
  spec: { type: 'cluster' },
}));

describe('entityPicker', () => {
  it('offers entities by name and by whole reference', async () => {
    const apis = TestApiRegistry.from([
      catalogApiRef,
      catalogApiMock({ entities }),
    ]);
    const expected = {
      options: [
        {
          value: 'resource:default/analytics',
          label: 'The analytics',
          detail: 'cluster',
        },
      ],
    };
    expect(await ask('anal', apis)).toEqual(expected);
    expect(await ask('resource:default/analytics', apis)).toEqual(expected);
  });

  it('says so in an app without a catalog', async () => {
    expect(await ask('x')).toEqual({
      options: [],
      note: 'This app has no catalog.',
    });
  });
});
