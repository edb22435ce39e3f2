import type {
  AuditorService,
  AuthService,
  DatabaseService,
  HttpAuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { runbookAuditReadPermission } from '@lakehouse-ops/plugin-runbooks-common';
import { createAuditRouter } from '../routes/createAuditRouter';
import { AuditCheckpointer } from './AuditCheckpointer';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { readAuditConfig } from './readAuditConfig';

const UNSIGNED =
  'Nothing is signed, since runbooks.audit has no signingKey: whoever may write to the database could rewrite the whole chain without a trace.';

/** Lets the audit log be taken away, and signs it from time to time. */
export async function startAuditing(
  deps: {
    auditor: AuditorService;
    auth: AuthService;
    config: RootConfigService;
    database: DatabaseService;
    httpAuth: HttpAuthService;
    httpRouter: HttpRouterService;
    lifecycle: LifecycleService;
    logger: LoggerService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    scheduler: SchedulerService;
  },
  { deniedHelp }: { deniedHelp: string },
): Promise<void> {
  const { signer, checkpointEveryMs } = readAuditConfig(deps.config);
  const log = DatabaseAuditLog.create(await deps.database.getClient());
  deps.permissionsRegistry.addPermissions([runbookAuditReadPermission]);
  deps.httpRouter.use(
    createAuditRouter({
      ...deps,
      log,
      deniedHelp,
      note: signer ? undefined : UNSIGNED,
    }),
  );
  if (!signer) {
    deps.logger.info(`The audit log of the runbooks: ${UNSIGNED}`);
    return;
  }
  const checkpointer = AuditCheckpointer.create({ ...deps, log, signer });
  deps.lifecycle.addStartupHook(() =>
    checkpointer.schedule(deps.scheduler, checkpointEveryMs),
  );
}
