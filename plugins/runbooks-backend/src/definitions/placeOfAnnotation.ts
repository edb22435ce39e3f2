import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { isUrl, type RunbookPlace } from './RunbookSource';

const QUOTED_MAX = 100;

/**
 * Where a file is that an entity names: at a URL, or at a path from the
 * entity's own file. Nothing on this machine is ever read for an entity:
 * whoever may register one could otherwise read the backend's disk.
 */
export function placeOfAnnotation(text: string, entity: Entity): RunbookPlace {
  if (isUrl(text)) return { type: 'url', url: text };
  const quoted = `'${text.slice(0, QUOTED_MAX)}'`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || /^[\\/]/.test(text)) {
    return none(
      `${quoted} is neither a URL nor a path from the entity's own file. Write one, such as ./runbooks/stampede.yaml.`,
    );
  }
  const annotations = entity.metadata.annotations ?? {};
  const managedBy =
    annotations[ANNOTATION_LOCATION] ?? annotations[ANNOTATION_SOURCE_LOCATION];
  if (managedBy === undefined) {
    return none(
      `The entity does not tell where it was read from, so nobody knows from where the path ${quoted} goes. Write a URL.`,
    );
  }
  const { type, target } = parseLocationRef(managedBy);
  if (type === 'url') return fromUrl(text, target);
  return none(
    `The entity was not read from a URL but from a ${type}, and paths from there are not followed. Name the file ${quoted} under runbooks.locations in the config, or write a URL.`,
  );
}

function fromUrl(path: string, base: string): RunbookPlace {
  try {
    const from = new URL(base);
    const inside = from.searchParams.get('path');
    if (inside !== null) {
      // Azure DevOps has the file's path in its query.
      const to = new URL(path, new URL(inside, 'https://path.invalid'));
      from.searchParams.set('path', decodeURIComponent(to.pathname));
      return { type: 'url', url: from.toString() };
    }
    const to = new URL(path, from);
    to.search ||= from.search;
    if (to.origin === from.origin) return { type: 'url', url: to.toString() };
  } catch {
    return none(`The path does not go from ${base}. Write a URL.`);
  }
  return none('The path leads to another server. Write its whole URL.');
}

function none(problem: string): RunbookPlace {
  return { type: 'none', problem };
}
