import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ON_CALL_ANNOTATION } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloBelonging } from '../SloBookUpdate';

/** To whom the SLOs of an entity belong. */
export function belongingOf(entity: Entity): SloBelonging {
  const { relations = [], spec = {}, metadata } = entity;
  const related = (type: string, kind?: string) =>
    relations.find(
      relation =>
        relation.type === type &&
        (!kind || relation.targetRef.startsWith(`${kind}:`)),
    )?.targetRef;
  const namespace = metadata.namespace ?? 'default';
  const ref = (written: unknown, defaultKind: string) =>
    refOf(written, { defaultKind, defaultNamespace: namespace });
  return {
    entityRef: stringifyEntityRef(entity),
    owner: related(RELATION_OWNED_BY) ?? ref(spec.owner, 'group'),
    system: related(RELATION_PART_OF, 'system') ?? ref(spec.system, 'system'),
    onCall: ref(metadata.annotations?.[ON_CALL_ANNOTATION], 'group'),
  };
}

function refOf(
  written: unknown,
  defaults: { defaultKind: string; defaultNamespace: string },
): string | undefined {
  if (typeof written !== 'string' || written.trim() === '') return undefined;
  try {
    return stringifyEntityRef(parseEntityRef(written.trim(), defaults));
  } catch {
    // The catalog tells of refs that can't be read; nobody is meant by one.
    return undefined;
  }
}
