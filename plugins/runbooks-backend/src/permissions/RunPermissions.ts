import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  type ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  type Allowance,
  runbookPermissions,
  runbookRunReadPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RESOURCE_TYPE_RUNBOOK_RUN } from '@lakehouse-ops/plugin-runbooks-common';
import {
  decodeRunResource,
  encodeRunResource,
  type RunQuery,
  type RunResource,
  runResourceRef,
} from './runResource';
import { runRules } from './runRules';

/** Credentials of a person. */
export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

type RunPermission = ResourcePermission<typeof RESOURCE_TYPE_RUNBOOK_RUN>;

/** Who may do what to which runs. */
export class RunPermissions {
  readonly #permissions: PermissionsService;
  readonly #toCriteria: ConditionTransformer<RunQuery>;
  readonly #deniedHelp: string;

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    deniedHelp: string;
  }): RunPermissions {
    const { permissions, permissionsRegistry, deniedHelp } = options;
    permissionsRegistry.addResourceType({
      resourceRef: runResourceRef,
      permissions: runbookPermissions,
      rules: Object.values(runRules),
      getResources: async refs => refs.map(decodeRunResource),
    });
    const toCriteria = createConditionTransformer<RunQuery>(
      permissionsRegistry.getPermissionRuleset(runResourceRef),
    );
    return new RunPermissions(permissions, toCriteria, deniedHelp);
  }

  private constructor(
    permissions: PermissionsService,
    toCriteria: ConditionTransformer<RunQuery>,
    deniedHelp: string,
  ) {
    this.#permissions = permissions;
    this.#toCriteria = toCriteria;
    this.#deniedHelp = deniedHelp;
  }

  /** @throws NotAllowedError that names the permission, the target and whom to ask */
  async assert(
    permission: RunPermission,
    resource: RunResource,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [allowance] = await this.ask(permission, [resource], credentials);
    if (!allowance.allowed) {
      throw new NotAllowedError([allowance.reason, allowance.remedy].join(' '));
    }
  }

  /** One answer for each resource, in their order. */
  async ask(
    permission: RunPermission,
    resources: readonly RunResource[],
    credentials: BackstageCredentials,
  ): Promise<Allowance[]> {
    const decisions = await this.#permissions.authorize(
      resources.map(resource => ({
        permission,
        resourceRef: encodeRunResource(resource),
      })),
      { credentials },
    );
    return resources.map((resource, index) =>
      decisions[index]?.result === AuthorizeResult.ALLOW
        ? { allowed: true }
        : this.#denied(permission, resource),
    );
  }

  /**
   * Which runs somebody may see; undefined when all.
   *
   * @throws NotAllowedError when none
   */
  async visibleRuns(
    credentials: BackstageCredentials,
  ): Promise<PermissionCriteria<RunQuery> | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: runbookRunReadPermission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) return undefined;
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      return this.#toCriteria(decision.conditions);
    }
    throw new NotAllowedError(
      `You need ${runbookRunReadPermission.name} to see runs. ${
        this.#deniedHelp
      }`,
    );
  }

  #denied(permission: RunPermission, resource: RunResource): Allowance {
    const { target, runbookId } = resource;
    return {
      allowed: false,
      reason: `You need ${permission.name} for ${runbookId} on ${target.kind} ${target.name} of ${target.system} ${target.connection}.`,
      remedy: this.#deniedHelp,
    };
  }
}
