import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
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
  type RunTarget,
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
import {
  NO_TARGET_FACTS,
  type TargetFacts,
  type TargetFactsReader,
} from './TargetFacts';

/** Credentials of a person. */
export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

type RunPermission = ResourcePermission<typeof RESOURCE_TYPE_RUNBOOK_RUN>;

/** Who may do what to which runs. */
export class RunPermissions {
  readonly #permissions: PermissionsService;
  readonly #toCriteria: ConditionTransformer<RunQuery>;
  readonly #deniedHelp: string;
  readonly #targetFacts: TargetFactsReader;

  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    deniedHelp: string;
    /** Without it nobody owns anything. */
    targetFacts?: TargetFactsReader;
  }): RunPermissions {
    const { permissions, permissionsRegistry, deniedHelp } = options;
    const { targetFacts = NO_TARGET_FACTS } = options;
    permissionsRegistry.addResourceType({
      resourceRef: runResourceRef,
      permissions: runbookPermissions,
      rules: Object.values(runRules),
      getResources: async refs => refs.map(decodeRunResource),
    });
    const toCriteria = createConditionTransformer<RunQuery>(
      permissionsRegistry.getPermissionRuleset(runResourceRef),
    );
    return new RunPermissions({
      permissions,
      toCriteria,
      deniedHelp,
      targetFacts,
    });
  }

  private constructor(options: {
    permissions: PermissionsService;
    toCriteria: ConditionTransformer<RunQuery>;
    deniedHelp: string;
    targetFacts: TargetFactsReader;
  }) {
    this.#permissions = options.permissions;
    this.#toCriteria = options.toCriteria;
    this.#deniedHelp = options.deniedHelp;
    this.#targetFacts = options.targetFacts;
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
    // What a caller may have said of owners is not what counts.
    const known = await Promise.all(
      resources.map(async ({ runbookId, risk, target }) => ({
        runbookId,
        risk,
        target,
        ...(await this.#targetFacts.factsOf(target)),
      })),
    );
    const decisions = await this.#permissions.authorize(
      known.map(resource => ({
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

  /** @throws NotAllowedError that names the permission, what for, and whom to ask */
  async assertGeneral(
    permission: BasicPermission,
    what: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const answer = await this.askGeneral(permission, what, credentials);
    if (!answer.allowed) {
      throw new NotAllowedError([answer.reason, answer.remedy].join(' '));
    }
  }

  /** Whether somebody has a permission that is not about a run. */
  async askGeneral(
    permission: BasicPermission,
    what: string,
    credentials: BackstageCredentials,
  ): Promise<Allowance> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return decision?.result === AuthorizeResult.ALLOW
      ? { allowed: true }
      : {
          allowed: false,
          reason: `You need ${permission.name} to ${what}.`,
          remedy: this.#deniedHelp,
        };
  }

  /** Who owns a target and which environment it belongs to. */
  async factsOf(target: RunTarget): Promise<TargetFacts> {
    return this.#targetFacts.factsOf(target);
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
