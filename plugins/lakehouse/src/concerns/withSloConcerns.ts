import type {
  ConnectionView,
  SloList,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError, LakehouseResource } from '../api';
import { compareHealth } from '../components/status';
import { sloConcerns } from './sloConcerns';
import type { Concerns } from './useConcerns';

/**
 * What needs attention, with SLOs among it; or that they could not be looked
 * at. Among what is equally bad they come first: they are what was promised.
 */
export function withSloConcerns(
  concerns: LakehouseResource<Concerns>,
  slos: LakehouseResource<SloList>,
  connections: readonly ConnectionView[],
): LakehouseResource<Concerns> {
  const { data } = concerns;
  if (!data) return concerns;
  const items = slos.data ? sloConcerns(slos.data.items, connections) : [];
  return {
    ...concerns,
    data: {
      items: [...items, ...data.items].sort((a, b) =>
        compareHealth(a.status, b.status),
      ),
      unseen: slos.error
        ? [
            ...data.unseen,
            { connection: 'SLOs', reason: describeError(slos.error).message },
          ]
        : data.unseen,
    },
  };
}
