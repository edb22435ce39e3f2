import { screen, waitFor } from '@testing-library/react';
import type {
  GatewayRoute,
  LakehouseApi,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockConnection,
  mockOtherConnections,
  mockRoute,
} from '../__testUtils__/mockData';
import {
  mockLakehouse,
  mockResponseError,
} from '../__testUtils__/mockLakehouse';
import { renderLakehouse } from '../__testUtils__/renderLakehouse';
import { QueryWay } from './QueryWay';

const OTHER_GATEWAY = mockConnection({
  id: 'gateway2',
  system: 'trino-gateway',
  title: 'Second Gateway',
});
const QUERY_ID = '20261121_104100_00007_abcde';

function show(
  getGatewayRoute: LakehouseApi['getGatewayRoute'],
  connections = [mockConnection(), ...mockOtherConnections(), OTHER_GATEWAY],
) {
  const asked = jest.fn(getGatewayRoute);
  renderLakehouse(
    <QueryWay
      connection="analytics"
      queryId={QUERY_ID}
      connections={connections}
    />,
    { api: mockLakehouse({ overrides: { getGatewayRoute: asked } }) },
  );
  return { asked };
}

/** Known to the second gateway only. */
const onSecond =
  (route: Partial<GatewayRoute>): LakehouseApi['getGatewayRoute'] =>
  async gateway => {
    if (gateway === 'gateway2') return mockRoute(route);
    throw await mockResponseError(404, 'It has told of no way.');
  };

describe('QueryWay', () => {
  it('names gateway, group and backend of the one that knows the query', async () => {
    const { asked } = show(
      onSecond({ diverted: false, usedGroup: 'etl', backend: 'trino-2' }),
    );
    expect(
      await screen.findByText(
        'Came through gateway Second Gateway, group etl, backend trino-2.',
      ),
    ).toBeVisible();
    expect(asked.mock.calls.map(([gateway, id]) => [gateway, id])).toEqual([
      ['gateway', QUERY_ID],
      ['gateway2', QUERY_ID],
    ]);
  });

  it('says when it went to another group than it asked for', async () => {
    show(onSecond({ backend: undefined, usedGroup: undefined }));
    expect(
      await screen.findByText(
        'Came through gateway Second Gateway, backend http://trino.example:8080. It asked for group bi.',
      ),
    ).toBeVisible();
  });

  it('is no way of a query of another cluster with the same id', async () => {
    show(onSecond({ trino: 'adhoc' }));
    expect(await screen.findByText(/^No gateway tells of it/)).toBeVisible();
  });

  it('does not say none while a gateway could not be asked', async () => {
    show(async gateway => {
      throw gateway === 'gateway2'
        ? await mockResponseError(403, 'You need lakehouse.cluster.read.')
        : await mockResponseError(404, 'It has told of no way.');
    });
    expect(
      await screen.findByText(
        'Whether it came through a gateway is not known. Second Gateway: You need lakehouse.cluster.read.',
      ),
    ).toBeVisible();
  });

  it('asks nothing where there is no gateway', async () => {
    const { asked } = show(onSecond({}), [mockConnection()]);
    await waitFor(() =>
      expect(screen.getByTestId('location')).toBeInTheDocument(),
    );
    expect(asked).not.toHaveBeenCalled();
    expect(screen.queryByText(/gateway/i)).not.toBeInTheDocument();
  });
});
