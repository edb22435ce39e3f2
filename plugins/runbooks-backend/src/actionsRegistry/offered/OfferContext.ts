import type {
  Preview,
  Run,
  RunbookSummary,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { PreviewMaker } from '../../engine/PreviewMaker';
import type { RunStarter } from '../../engine/RunStarter';
import type { RunPermissions } from '../../permissions/RunPermissions';
import type { RouteContext } from '../../routes/RouteContext';
import type { RunStore } from '../../store/RunStore';

/** What the actions that are offered to other plugins, and to MCP clients, are made of. */
export interface OfferContext {
  readonly context: Pick<RouteContext, 'audited'>;
  readonly previews: Pick<PreviewMaker, 'make'>;
  readonly starter: Pick<RunStarter, 'start'>;
  readonly store: Pick<RunStore, 'getEvents'> & {
    getPreview(id: string): Promise<{ readonly preview: Preview } | undefined>;
    getRun(id: string): Promise<{ readonly run: Run } | undefined>;
  };
  readonly permissions: Pick<RunPermissions, 'assert'>;
  readonly list: () => readonly RunbookSummary[];
}
