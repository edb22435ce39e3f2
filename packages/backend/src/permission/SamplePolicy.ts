import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { lakehouseSloManagePermission } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  createRunbookRunConditionalDecision,
  runbookRunConditions,
} from '@lakehouse-ops/plugin-runbooks-backend';
import {
  runbookAuditReadPermission,
  runbookPausePermission,
  runbookRunApprovePermission,
  runbookRunCancelPermission,
  runbookRunExecutePermission,
} from '@lakehouse-ops/plugin-runbooks-common';

const FOR_OPERATORS_ONLY = new Set([
  runbookPausePermission.name,
  runbookAuditReadPermission.name,
  lakehouseSloManagePermission.name,
]);

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Everyone who is signed in may look and preview. Operators may run and cancel
 * all runbooks, approve, pause, silence alerts of SLOs and take times out of
 * their budgets. Who owns what a run acts on may run what is of low risk there,
 * cancel and approve. Approvers may approve what others start. That nobody
 * approves their own is not for a policy to say: the engine never lets them.
 */
export class SamplePolicy implements PermissionPolicy {
  readonly #operators: ReadonlySet<string>;
  readonly #approvers: ReadonlySet<string>;

  constructor(options: {
    operators: readonly string[];
    approvers?: readonly string[];
  }) {
    this.#operators = new Set(options.operators);
    this.#approvers = new Set(options.approvers ?? []);
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const refs = user?.info.ownershipEntityRefs ?? [];
    const isIn = (group: ReadonlySet<string>) =>
      refs.some(ref => group.has(ref));
    if (FOR_OPERATORS_ONLY.has(permission.name)) {
      return isIn(this.#operators) ? ALLOW : DENY;
    }
    if (isPermission(permission, runbookRunExecutePermission)) {
      if (isIn(this.#operators)) return ALLOW;
      if (refs.length === 0) return DENY;
      return createRunbookRunConditionalDecision(permission, {
        allOf: [
          runbookRunConditions.riskAtMost({ risk: 'low' }),
          runbookRunConditions.ownsTarget({ claims: refs }),
        ],
      });
    }
    if (
      isPermission(permission, runbookRunApprovePermission) ||
      isPermission(permission, runbookRunCancelPermission)
    ) {
      if (isIn(this.#operators)) return ALLOW;
      if (refs.length === 0) return DENY;
      if (
        isPermission(permission, runbookRunApprovePermission) &&
        isIn(this.#approvers)
      ) {
        return ALLOW;
      }
      return createRunbookRunConditionalDecision(
        permission,
        runbookRunConditions.ownsTarget({ claims: refs }),
      );
    }
    return ALLOW;
  }
}
