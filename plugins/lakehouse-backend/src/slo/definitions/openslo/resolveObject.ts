import type { ParsedSlo, SloParseContext } from '../SloFile';
import { checkAnnotations } from './annotations';
import type { ObjectLookup, PlacedObject } from './OpenSloIndex';
import {
  BUILT_IN_TARGETS,
  resolveAlertPolicy,
  resolveCondition,
  targetOf,
} from './resolveAlertPolicy';
import { resolveSli } from './resolveSli';
import { resolveSlo } from './resolveSlo';

/**
 * The definitions of an object; only SLOs have any. Objects that nothing
 * refers to yet are checked all the same.
 */
export function resolveObject(
  { object, spot }: PlacedObject,
  options: { lookup: ObjectLookup; context: SloParseContext },
): ParsedSlo[] {
  const { lookup, context } = options;
  switch (object.kind) {
    case 'SLO':
      return resolveSlo({ slo: { object, spot }, lookup, context });
    case 'SLI': {
      const { metadata, spec } = object;
      checkAnnotations(metadata, spot, []);
      const dataSource = (name: string) =>
        lookup('DataSource', name)?.object.spec;
      resolveSli({ metadata, spec, spot, dataSource, context });
      return [];
    }
    case 'AlertPolicy': {
      const { metadata, spec } = object;
      resolveAlertPolicy({ policy: { metadata, spec, spot }, lookup, context });
      return [];
    }
    case 'AlertCondition': {
      const { metadata, spec } = object;
      resolveCondition({ metadata, spec, spot });
      return [];
    }
    case 'AlertNotificationTarget': {
      const { metadata, spec: target } = object;
      checkAnnotations(metadata, spot, []);
      const known = [
        ...BUILT_IN_TARGETS,
        ...(context.notificationTargets ?? []),
      ];
      targetOf({ metadata, target, known, spot });
      return [];
    }
    default:
      checkAnnotations(object.metadata, spot, []);
      return [];
  }
}
