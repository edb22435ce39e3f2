import { Trino } from 'trino-client';
import { createTrinoClient } from './trinoClient';

const options = {
  source: 'lakehouse-ops',
  session: {},
  extraHeaders: {},
  exchange: async () => ({ page: { id: 'x' }, headers: {} }),
};

describe('createTrinoClient', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('makes all requests through exchange', async () => {
    const exchange = jest.fn(async () => ({
      page: { id: 'x', data: [[1]] },
      headers: {},
    }));
    const pages = await createTrinoClient({ ...options, exchange }).query('S');
    expect(await pages.next()).toMatchObject({ done: true });
    expect(exchange).toHaveBeenCalledWith({
      method: 'POST',
      url: '/v1/statement',
      body: 'S',
      headers: expect.objectContaining({ 'x-trino-source': 'lakehouse-ops' }),
    });
  });

  it.each([{}, { client: {} }, { client: { clientConfig: {} } }])(
    'says which version it needs when trino-client looks like %j',
    shape => {
      jest
        .spyOn(Trino, 'create')
        .mockReturnValue(Object.assign(Object.create(Trino.prototype), shape));
      expect(() => createTrinoClient(options)).toThrow(
        'Install trino-client 0.2.9',
      );
    },
  );
});
