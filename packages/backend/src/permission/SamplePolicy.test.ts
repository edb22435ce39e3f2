import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { lakehouseSloManagePermission } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  runbookAuditReadPermission,
  runbookPausePermission,
  runbookRunApprovePermission,
  runbookRunCancelPermission,
  runbookRunExecutePermission,
  runbookRunPreviewPermission,
  runbookRunReadPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import { SamplePolicy } from './SamplePolicy';

const OPERATORS = 'group:default/platform';
const APPROVERS = 'group:default/analytics';
const OTHERS = 'group:default/personal';

const policy = new SamplePolicy({
  operators: [OPERATORS],
  approvers: [APPROVERS],
});
const member = (...ownershipEntityRefs: string[]) => ({
  token: 'unused',
  identity: {
    type: 'user' as const,
    userEntityRef: 'user:default/someone',
    ownershipEntityRefs,
  },
  info: { userEntityRef: 'user:default/someone', ownershipEntityRefs },
  credentials: mockCredentials.user('user:default/someone'),
});

describe('SamplePolicy', () => {
  it.each([
    runbookRunExecutePermission,
    runbookRunApprovePermission,
    runbookRunCancelPermission,
    runbookPausePermission,
    runbookAuditReadPermission,
    lakehouseSloManagePermission,
  ])('lets operators do everything: $name', async permission => {
    await expect(
      policy.handle({ permission }, member(OPERATORS)),
    ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
    await expect(policy.handle({ permission })).resolves.toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it.each([
    runbookPausePermission,
    runbookAuditReadPermission,
    lakehouseSloManagePermission,
  ])('lets nobody else do $name', async permission => {
    for (const group of [APPROVERS, OTHERS]) {
      await expect(
        policy.handle({ permission }, member(group)),
      ).resolves.toEqual({ result: AuthorizeResult.DENY });
    }
  });

  it('lets owners run what is of low risk on what is theirs', async () => {
    await expect(
      policy.handle(
        { permission: runbookRunExecutePermission },
        member('user:default/someone', OTHERS),
      ),
    ).resolves.toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        allOf: [
          { rule: 'RISK_AT_MOST', params: { risk: 'low' } },
          {
            rule: 'OWNS_TARGET',
            params: { claims: ['user:default/someone', OTHERS] },
          },
        ],
      },
    });
  });

  it.each([runbookRunApprovePermission, runbookRunCancelPermission])(
    'lets owners do $name on what is theirs',
    async permission => {
      await expect(
        policy.handle({ permission }, member(OTHERS)),
      ).resolves.toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        conditions: { rule: 'OWNS_TARGET', params: { claims: [OTHERS] } },
      });
    },
  );

  it('lets approvers approve, and nothing more', async () => {
    await expect(
      policy.handle(
        { permission: runbookRunApprovePermission },
        member(APPROVERS),
      ),
    ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
    await expect(
      policy.handle(
        { permission: runbookRunExecutePermission },
        member(APPROVERS),
      ),
    ).resolves.toMatchObject({ result: AuthorizeResult.CONDITIONAL });
  });

  it.each([runbookRunPreviewPermission, runbookRunReadPermission])(
    'lets everyone do $name',
    async permission => {
      await expect(
        policy.handle({ permission }, member(OTHERS)),
      ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
    },
  );
});
