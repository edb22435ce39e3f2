import type {
  AuthService,
  DatabaseService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ApproverDirectory } from '../approvals/ApproverDirectory';
import { DatabaseResponses } from '../approvals/DatabaseResponses';
import { UserInfoOwnership } from '../approvals/UserInfoOwnership';
import type { RunbooksConfig } from '../config/readRunbooksConfig';
import { DefaultCredentialKeeper } from '../credentials/DefaultCredentialKeeper';
import { DatabasePauses } from '../pauses/DatabasePauses';
import { CatalogTargetFacts } from '../permissions/CatalogTargetFacts';
import { RunPermissions } from '../permissions/RunPermissions';
import { DatabaseRunStore } from '../store/DatabaseRunStore';
import { LockQueue } from '../store/LockQueue';

/** What the engine needs of Backstage: stores, permissions, people. */
export async function createEngineServices(
  deps: {
    auth: AuthService;
    catalog: CatalogService;
    database: DatabaseService;
    logger: LoggerService;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    userInfo: UserInfoService;
  },
  config: RunbooksConfig,
) {
  // First: it brings the database up to date.
  const store = await DatabaseRunStore.create(deps);
  return {
    store,
    responses: await DatabaseResponses.create(deps),
    pauses: await DatabasePauses.create(deps),
    lockQueue: await LockQueue.create(deps),
    credentials: await DefaultCredentialKeeper.create({
      ...deps,
      secretKey: config.secretKey,
    }),
    ownership: new UserInfoOwnership(deps.userInfo),
    approvers: ApproverDirectory.create(deps),
    permissions: RunPermissions.create({
      ...deps,
      deniedHelp: config.deniedHelp,
      targetFacts: CatalogTargetFacts.create({
        ...deps,
        config: config.targets,
      }),
    }),
  };
}
