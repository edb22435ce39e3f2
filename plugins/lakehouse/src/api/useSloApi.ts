import { useApiHolder } from '@backstage/core-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  LakehouseRequestOptions,
  SloApi,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { sloApiRef } from './sloApiRef';
import { LakehouseResource, useRefreshed } from './useLakehouse';

/** Loads something of SLOs from the Lakehouse backend and keeps it fresh. */
export function useSloApi<T>(options: {
  /** Tells one question from another; undefined asks nothing. */
  key: string | undefined;
  load: (api: SloApi, options: LakehouseRequestOptions) => Promise<T>;
}): LakehouseResource<T> {
  const api = useApiHolder().get(sloApiRef);
  return useRefreshed({
    key: options.key,
    kinds: ['slos'],
    load: async request => {
      if (!api) {
        throw new NotFoundError(
          'This app has no client for SLOs: provide the API plugin.lakehouse.slo-client, as the Lakehouse plugin does.',
        );
      }
      return options.load(api, request);
    },
  });
}
