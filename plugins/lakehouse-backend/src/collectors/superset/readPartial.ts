import type {
  SupersetConnection,
  SupersetList,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** Why lists of this account may lack something, in one sentence; nothing when they can't. */
export async function readPartial(
  connection: SupersetConnection,
  lists: ReadonlyArray<SupersetList<unknown>>,
): Promise<string | undefined> {
  const incomplete = lists.flatMap(list => list.incomplete ?? []);
  const sees = (await connection.capabilities()).capabilities.find(
    ({ id }) => id === 'datasources.all',
  );
  const reasons = [
    ...(sees && !sees.available ? [sees.reason ?? 'rights are missing'] : []),
    ...incomplete,
  ];
  if (reasons.length === 0) return undefined;
  return `This list may be partial: ${reasons.join('; ')}.`;
}
