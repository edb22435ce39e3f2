import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  runbookRunExecutePermission,
  runbookRunPreviewPermission,
} from '@lakehouse-ops/plugin-runbooks-common';
import { SamplePolicy } from './SamplePolicy';

const policy = new SamplePolicy({ operators: ['group:default/platform'] });
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
  it('lets operators run runbooks', async () => {
    await expect(
      policy.handle(
        { permission: runbookRunExecutePermission },
        member('user:default/someone', 'group:default/platform'),
      ),
    ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
  });

  it.each([[undefined], [member('group:default/analysts')]])(
    'refuses to run runbooks to anyone else',
    async user => {
      await expect(
        policy.handle({ permission: runbookRunExecutePermission }, user),
      ).resolves.toEqual({ result: AuthorizeResult.DENY });
    },
  );

  it.each([
    ['group:default/platform', AuthorizeResult.ALLOW],
    ['group:default/analysts', AuthorizeResult.DENY],
  ])('asks who silences alerts of SLOs: %s', async (group, result) => {
    const permission = createPermission({
      name: 'lakehouse.slo.manage',
      attributes: { action: 'update' },
    });
    await expect(policy.handle({ permission }, member(group))).resolves.toEqual(
      { result },
    );
  });

  it('lets everyone preview', async () => {
    await expect(
      policy.handle(
        { permission: runbookRunPreviewPermission },
        member('group:default/analysts'),
      ),
    ).resolves.toEqual({ result: AuthorizeResult.ALLOW });
  });
});
