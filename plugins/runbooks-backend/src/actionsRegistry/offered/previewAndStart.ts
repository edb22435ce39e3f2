import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Preview,
  Run,
  RunOrigin,
} from '@lakehouse-ops/plugin-runbooks-common';
import { ActionCaller } from '../../routes/RouteContext';
import type { OfferContext } from './OfferContext';

const ORIGIN: RunOrigin = { kind: 'action' };

/** Previews as `POST /previews` does: same permission, same audit. */
export async function makePreview(
  { context, previews }: Pick<OfferContext, 'context' | 'previews'>,
  request: {
    runbookId: string;
    parameters: JsonObject;
    entityRef?: string;
  },
  credentials: BackstageCredentials,
): Promise<Preview> {
  return context.audited(
    new ActionCaller(credentials),
    {
      eventId: 'run-preview',
      severityLevel: 'low',
      meta: { runbookId: request.runbookId },
    },
    person =>
      previews.make({ ...request, origin: ORIGIN, credentials: person }),
  );
}

/** Starts as `POST /runs` does: same permission, approvals and audit. */
export async function startRun(
  { context, starter }: Pick<OfferContext, 'context' | 'starter'>,
  request: { previewId: string; previewHash: string; idempotencyKey: string },
  credentials: BackstageCredentials,
): Promise<Run> {
  return context.audited(
    new ActionCaller(credentials),
    {
      eventId: 'run-start',
      severityLevel: 'medium',
      meta: { previewId: request.previewId },
    },
    person =>
      starter.start({ ...request, origin: ORIGIN, credentials: person }),
  );
}
