import { parameterRows } from './parameterRows';

it('tells parameters, those that are needed first', () => {
  expect(
    parameterRows({
      type: 'object',
      required: ['cache'],
      properties: {
        deep: { type: 'boolean', default: true },
        password: { type: 'string', secret: true },
        cache: {
          type: 'string',
          title: 'Cache',
          'x-picker': 'redis-connection',
          description: 'Which.',
        },
        mode: { enum: ['soft', 'hard'], default: 'soft' },
        odd: null,
      },
    }),
  ).toEqual([
    {
      name: 'cache',
      title: 'Cache',
      type: 'redis connection',
      needed: true,
      secret: false,
      description: 'Which.',
    },
    {
      name: 'deep',
      type: 'boolean',
      needed: false,
      secret: false,
      defaultText: 'true',
    },
    { name: 'password', type: 'string', needed: false, secret: true },
    {
      name: 'mode',
      type: 'soft | hard',
      needed: false,
      secret: false,
      defaultText: 'soft',
    },
    { name: 'odd', type: 'any', needed: false, secret: false },
  ]);
  expect(parameterRows({})).toEqual([]);
});
