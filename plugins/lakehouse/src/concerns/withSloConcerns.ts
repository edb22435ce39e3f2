import type {
  ConnectionView,
  SloList,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError, LakehouseResource } from '../api';
import { sloConcerns } from './sloConcerns';
import { byUrgency, Concerns } from './useConcerns';

/** What needs attention, with SLOs among it; or that they could not be looked at. */
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
      items: [...data.items, ...items].sort(byUrgency),
      unseen: slos.error
        ? [
            ...data.unseen,
            { connection: 'SLOs', reason: describeError(slos.error).message },
          ]
        : data.unseen,
    },
  };
}
