import { toError } from '@backstage/errors';
import type {
  ConnectionView,
  GatewayRoute,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError, LakehouseResource, useLakehouse } from '../api';
import { MAX_GATEWAYS_ASKED } from './useGateways';

/** The way that a query took, as far as the gateways tell. */
export interface GatewayWay {
  /** The gateway that it came through, and how. */
  readonly found?: {
    readonly gateway: ConnectionView;
    readonly route: GatewayRoute;
  };
  /** Gateways that could not be asked, so that "none" can't be told. */
  readonly unasked: ReadonlyArray<{
    readonly gateway: string;
    readonly reason: string;
  }>;
}

/** Asks the gateways whether a query came through them; nothing where there are none. */
export function useGatewayRoute(options: {
  trino: string;
  queryId: string;
  connections: readonly ConnectionView[];
}): LakehouseResource<GatewayWay> {
  const { trino, queryId } = options;
  const gateways = options.connections.filter(
    ({ system }) => system === 'trino-gateway',
  );
  const asked = gateways.slice(0, MAX_GATEWAYS_ASKED);
  return useLakehouse<GatewayWay>({
    key:
      asked.length > 0
        ? `way of ${trino} ${queryId} ${asked.map(({ id }) => id)}`
        : undefined,
    kinds: ['gateway'],
    load: async (api, request) => {
      const answers = await Promise.all(
        asked.map(gateway =>
          api.getGatewayRoute(gateway.id, queryId, request).then(
            route => ({ gateway, route, error: undefined }),
            (error: unknown) => ({
              gateway,
              route: undefined,
              error: toError(error),
            }),
          ),
        ),
      );
      const found = answers.find(
        // Two clusters may have made the same id.
        ({ route }) => route && (!route.trino || route.trino === trino),
      );
      return {
        found: found?.route && { gateway: found.gateway, route: found.route },
        unasked: [
          ...answers.flatMap(({ gateway, error }) => {
            const problem = error && describeError(error);
            return problem && problem.kind !== 'not-found'
              ? [{ gateway: gateway.title, reason: problem.message }]
              : [];
          }),
          ...gateways.slice(MAX_GATEWAYS_ASKED).map(({ title }) => ({
            gateway: title,
            reason: `No more than ${MAX_GATEWAYS_ASKED} gateways are asked.`,
          })),
        ],
      };
    },
  });
}
