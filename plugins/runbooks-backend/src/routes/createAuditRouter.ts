import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type {
  AuditorService,
  AuthService,
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { runbookAuditReadPermission } from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditExportLine } from '@lakehouse-ops/plugin-runbooks-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { AuditLog } from '../audit/AuditLog';
import { exportAudit } from '../audit/exportAudit';
import { parseParameters } from '../engine/parseParameters';

const MAX_ENTRIES = 1_000_000;
const DEFAULT_ENTRIES = 100_000;

const querySchema = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_ENTRIES)
    .default(DEFAULT_ENTRIES),
});

/** What {@link createAuditRouter} is made of. */
export interface AuditRouterOptions {
  readonly log: AuditLog;
  readonly auditor: AuditorService;
  readonly auth: AuthService;
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly deniedHelp: string;
  /** What whoever checks an export should know. */
  readonly note?: string;
}

/** `GET /audit/export`: the audit log, to be checked elsewhere. */
export function createAuditRouter(options: AuditRouterOptions): Router {
  const { log, auditor, httpAuth, note } = options;
  const router = PromiseRouter();

  router.get('/audit/export', async (req, res) => {
    const { after, limit } = parseParameters(querySchema, req.query);
    const meta = { after, limit };
    const event = await auditor.createEvent({
      eventId: 'audit-export',
      severityLevel: 'medium',
      request: req,
      meta,
    });
    try {
      // A service too: archives are filled by machines.
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const actor = actorOf(options.auth, credentials);
      try {
        await assertMayRead(options, credentials);
      } catch (error) {
        const { message } = toError(error);
        await log.append({
          actor,
          event: 'denied',
          detail: { attempt: 'audit-export', message, ...meta },
        });
        throw error;
      }
      await log.append({ actor, event: 'audit-exported', detail: meta });
      res.status(200);
      res.type('application/x-ndjson');
      res.set('content-disposition', 'attachment; filename="audit.ndjson"');
      res.set('cache-control', 'no-store');
      await pipeline(
        Readable.from(toText(exportAudit({ log, after, limit, note }))),
        res,
      );
      await event.success();
    } catch (error) {
      await event.fail({ error: toError(error) });
      // Half an export lacks its last line, by which whoever checks it knows.
      if (!res.headersSent) throw error;
      res.destroy();
    }
  });

  return router;
}

async function* toText(
  lines: AsyncIterable<AuditExportLine>,
): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function assertMayRead(
  { permissions, deniedHelp }: AuditRouterOptions,
  credentials: BackstageCredentials,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [{ permission: runbookAuditReadPermission }],
    { credentials },
  );
  if (decision.result === AuthorizeResult.ALLOW) return;
  throw new NotAllowedError(
    `You need ${runbookAuditReadPermission.name} to take the audit log away. ${deniedHelp}`,
  );
}

function actorOf(auth: AuthService, credentials: BackstageCredentials): string {
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  if (auth.isPrincipal(credentials, 'service')) {
    return credentials.principal.subject;
  }
  return 'unknown';
}
