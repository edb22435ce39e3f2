import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ApproverDirectory } from './ApproverDirectory';

const group = (name: string, members: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { namespace: 'default', name },
  relations: members.map(member => ({
    type: 'hasMember',
    targetRef: `user:default/${member}`,
  })),
});

function setup() {
  const catalog = catalogServiceMock({
    entities: [
      group('owners', ['owen', 'olivia']),
      group('alone', ['olivia']),
      group('empty', []),
    ],
  });
  const directory = ApproverDirectory.create({
    catalog,
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
  });
  const ask = (groups: string[], count = 1) =>
    directory.couldApprove({ groups, count, expiresAfterMs: 1 }, [
      'user:default/olivia',
    ]);
  return { catalog, ask };
}

describe('ApproverDirectory', () => {
  it.each([
    [['group:default/owners'], 1],
    [['owners', 'empty'], 1],
    [['user:default/pia'], 1],
    [['owners', 'user:default/pia'], 2],
    [[], 5],
  ])('finds people in %j for %i', async (groups, count) => {
    expect(await setup().ask(groups, count)).toEqual({ allowed: true });
  });

  it.each([
    [
      ['group:default/empty'],
      1,
      'Nobody could approve it: group:default/empty has no members.',
    ],
    [
      ['group:default/gone'],
      1,
      'Nobody could approve it: group:default/gone is not in the catalog.',
    ],
    [
      ['alone'],
      1,
      'Nobody could approve it: group:default/alone has no other members, and nobody approves what they started.',
    ],
    [
      ['owners'],
      2,
      '2 people have to approve it, and only 1 could: group:default/owners has no other members, and nobody approves what they started.',
    ],
  ])('tells why %j are not enough for %i', async (groups, count, reason) => {
    expect(await setup().ask(groups, count)).toMatchObject({
      allowed: false,
      reason,
    });
  });

  it('keeps nobody from starting while the catalog is away', async () => {
    const { catalog, ask } = setup();
    jest
      .spyOn(catalog, 'getEntitiesByRefs')
      .mockRejectedValue(new Error('away'));
    expect(await ask(['group:default/empty'])).toEqual({ allowed: true });
  });
});
