import { InputError } from '@backstage/errors';
import type { SloObjective } from '@lakehouse-ops/plugin-lakehouse-common';
import type { StoredSlo } from '../definitions/SloBook';

/**
 * The objective that is meant: the one with the key, or the only one.
 *
 * @throws InputError that names the objectives there are
 */
export function objectiveOf(
  slo: Pick<StoredSlo, 'id' | 'definition'>,
  key: string | undefined,
): SloObjective {
  const { objectives } = slo.definition;
  const found =
    key === undefined && objectives.length === 1
      ? objectives[0]
      : objectives.find(one => one.key === key);
  if (found) return found;
  const keys = objectives.map(one => `'${one.key}'`).join(', ');
  throw new InputError(
    key === undefined
      ? `The SLO '${slo.id}' has several objectives. Say in objective which one is meant: ${keys}.`
      : `The SLO '${slo.id}' has no objective '${key}'. objective is one of ${keys}.`,
  );
}
