import type {
  SloExportFormat,
  SloListRequest,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useApiHolder } from '@backstage/core-plugin-api';
import { sloApiRef, useSloApi } from '../api';

/** A span of time that figures are asked for; all of the window unless told. */
export interface SloRange {
  readonly from?: string;
  readonly to?: string;
}

/** A page of SLOs, worst first, kept up to date. */
export function useSloList(request: SloListRequest) {
  return useSloApi({
    key: `slos ${JSON.stringify(request)}`,
    load: (api, options) => api.getSlos(request, options),
  });
}

/** How many SLOs there are and the worst of them; asks nothing in an app without a client for SLOs. */
export function useSloCounts(request: SloListRequest) {
  const api = useApiHolder().get(sloApiRef);
  return useSloApi({
    key: api && `slo counts ${JSON.stringify(request)}`,
    load: (slos, options) => slos.getSlos(request, options),
  });
}

/** All SLOs of an entity, worst first. */
export function useEntitySlos(entityRef: string) {
  return useSloApi({
    key: `slos of ${entityRef}`,
    load: (api, options) => api.getEntitySlos(entityRef, options),
  });
}

/** One SLO with all that is known of it. */
export function useSlo(id: string) {
  return useSloApi({
    key: `slo ${id}`,
    load: (api, options) => api.getSlo(id, options),
  });
}

/** Lines and marks of an SLO's charts. */
export function useSloHistory(id: string, range: SloRange) {
  return useSloApi({
    key: `slo history ${id} ${JSON.stringify(range)}`,
    load: (api, options) => api.getSloHistory(id, range, options),
  });
}

/** What spent the budget in a range. */
export function useSloSpenders(id: string, range: SloRange) {
  return useSloApi({
    key: `slo spenders ${id} ${JSON.stringify(range)}`,
    load: (api, options) => api.getSloSpenders(id, range, options),
  });
}

/** What a change of an objective would have meant. */
export function useSloWhatIf(
  id: string,
  change: { target?: number; threshold?: number; objective?: string },
) {
  return useSloApi({
    key: `slo what-if ${id} ${JSON.stringify(change)}`,
    load: (api, options) => api.getSloWhatIf(id, change, options),
  });
}

/** SLOs that the last weeks' data of an entity suggest. */
export function useSloProposals(entityRef: string) {
  return useSloApi({
    key: `slo proposals ${entityRef}`,
    load: (api, options) => api.getSloProposals(entityRef, options),
  });
}

/** An SLO in a format that others read. */
export function useSloExport(id: string, format: SloExportFormat) {
  return useSloApi({
    key: `slo export ${id} ${format}`,
    load: (api, options) => api.getSloExport(id, format, options),
  });
}
