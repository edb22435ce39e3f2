import type {
  EntitySlos,
  SloCorrection,
  SloHistory,
  SloList,
  SloListRequest,
  SloProposal,
  SloSilence,
  SloSpenders,
  SloView,
  SloWhatIf,
} from '../slo';
import type { LakehouseRequestOptions } from './LakehouseApi';

/** Formats in which an SLO can be taken elsewhere. @public */
export type SloExportFormat = 'openslo' | 'sloth' | 'prometheus';

/** SLOs as the backend serves them. Every call rejects with a ResponseError that tells what happened. @public */
export interface SloApi {
  /** GET slos */
  getSlos(
    request?: SloListRequest,
    options?: LakehouseRequestOptions,
  ): Promise<SloList>;
  /** GET entity-slos?entityRef= */
  getEntitySlos(
    entityRef: string,
    options?: LakehouseRequestOptions,
  ): Promise<EntitySlos>;
  /** GET slos/:id */
  getSlo(id: string, options?: LakehouseRequestOptions): Promise<SloView>;
  /** GET slos/:id/history?from&to; the budget's window unless told */
  getSloHistory(
    id: string,
    range?: { from?: string; to?: string },
    options?: LakehouseRequestOptions,
  ): Promise<SloHistory>;
  /** GET slos/:id/spenders?from&to */
  getSloSpenders(
    id: string,
    range?: { from?: string; to?: string },
    options?: LakehouseRequestOptions,
  ): Promise<SloSpenders>;
  /** GET slos/:id/what-if?target&threshold&objective */
  getSloWhatIf(
    id: string,
    change: { target?: number; threshold?: number; objective?: string },
    options?: LakehouseRequestOptions,
  ): Promise<SloWhatIf>;
  /** GET slo-proposals?entityRef= */
  getSloProposals(
    entityRef: string,
    options?: LakehouseRequestOptions,
  ): Promise<{ items: SloProposal[] }>;
  /** GET slos/:id/export?format= ; YAML text */
  getSloExport(
    id: string,
    format: SloExportFormat,
    options?: LakehouseRequestOptions,
  ): Promise<string>;
  /** POST slos/:id/corrections */
  addSloCorrection(
    id: string,
    correction: Pick<
      SloCorrection,
      'from' | 'to' | 'kind' | 'reason' | 'objective'
    >,
  ): Promise<SloCorrection>;
  /** DELETE slos/:id/corrections/:correctionId?reason= */
  removeSloCorrection(
    id: string,
    correctionId: string,
    reason: string,
  ): Promise<void>;
  /** POST slos/:id/silences */
  silenceSlo(
    id: string,
    silence: Pick<SloSilence, 'until' | 'reason'>,
  ): Promise<SloSilence>;
  /** DELETE slos/:id/silences/:silenceId */
  endSloSilence(id: string, silenceId: string): Promise<void>;
}
