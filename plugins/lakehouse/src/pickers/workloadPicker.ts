import type { RunbookPicker } from '@lakehouse-ops/plugin-runbooks-react';
import { lakehouseApiRef } from '../api';
import { chosenConnection } from './chosenConnection';

/** Workloads of the chosen Kubernetes connection; namespace and kind come with them. */
export const workloadPicker: RunbookPicker = {
  name: 'kubernetes-workload',
  hint: 'The name of a Deployment, StatefulSet or DaemonSet.',
  async load(request) {
    const api = request.apis.get(lakehouseApiRef);
    if (!api) return { options: [], note: 'This app has no Lakehouse.' };
    const connection = chosenConnection(request, 'kubernetes-connection');
    if (!connection) {
      return { options: [], note: 'Choose the Kubernetes connection first.' };
    }
    const { workloads } = await api.getWorkloads({ connection }, undefined, {
      signal: request.signal,
    });
    return {
      options: workloads.map(({ name, namespace, kind, replicas }) => ({
        value: name,
        detail: `${kind} in ${namespace}, ${replicas.ready} of ${replicas.wanted} ready`,
        fills: { namespace, kind },
      })),
      ...(workloads.length === 0
        ? { note: `No workload of ${connection} is known yet.` }
        : {}),
    };
  },
};
