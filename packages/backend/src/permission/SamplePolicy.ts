import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  runbookRunCancelPermission,
  runbookRunExecutePermission,
} from '@lakehouse-ops/plugin-runbooks-common';

const FOR_OPERATORS_ONLY = new Set([
  runbookRunExecutePermission.name,
  runbookRunCancelPermission.name,
  // By name: what it is part of needs no other dependency.
  'lakehouse.slo.manage',
]);

/**
 * Everyone who is signed in may look and preview; only operators may run and
 * cancel runbooks, silence alerts of SLOs and take times out of their budgets.
 */
export class SamplePolicy implements PermissionPolicy {
  readonly #operators: ReadonlySet<string>;

  constructor(options: { operators: readonly string[] }) {
    this.#operators = new Set(options.operators);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!FOR_OPERATORS_ONLY.has(request.permission.name)) {
      return { result: AuthorizeResult.ALLOW };
    }
    const mayOperate = user?.info.ownershipEntityRefs.some(ref =>
      this.#operators.has(ref),
    );
    return {
      result: mayOperate ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    };
  }
}
