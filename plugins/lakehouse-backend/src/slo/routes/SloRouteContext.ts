import type { SloExportFormat } from '@lakehouse-ops/plugin-lakehouse-common';
import type { ConnectionAccess } from '../../routes/ConnectionAccess';
import type { SloAlertLog } from '../alerts/SloAlertLog';
import type { ExportedSlo } from '../exports/ExportedSlo';
import type { SloProposals } from '../proposals/SloProposals';
import type { SloHistoryReader } from '../reads/SloHistoryReader';
import type { SloSpendersReader } from '../reads/SloSpendersReader';
import type { SloViews } from '../reads/SloViews';
import type { SloWhatIfReader } from '../reads/SloWhatIfReader';
import type { SloCatalog } from './readEntity';
import type { SloAccess } from './SloAccess';

/** What the routers of SLOs are made of. */
export interface SloRouteContext {
  readonly access: ConnectionAccess;
  readonly sloAccess: SloAccess;
  readonly alertLog: SloAlertLog;
  readonly catalog: SloCatalog;
  readonly views: Pick<SloViews, 'list' | 'ofEntity' | 'one'>;
  readonly history: Pick<SloHistoryReader, 'read'>;
  readonly spenders: Pick<SloSpendersReader, 'read'>;
  readonly whatIf: Pick<SloWhatIfReader, 'read'>;
  readonly proposals: Pick<SloProposals, 'ofEntity'>;
  /** Text of an SLO in a format of other tools. */
  readonly exportSlo: (slo: ExportedSlo, format: SloExportFormat) => string;
}
