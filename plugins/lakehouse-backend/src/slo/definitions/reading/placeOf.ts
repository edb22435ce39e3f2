import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { dirname, isAbsolute, resolve } from 'node:path';
import { quote } from '../yaml/fields';
import type { SloPlace } from './SloSource';

/** Where a file is that the config names. */
export function placeOfTarget(target: string): SloPlace {
  return isUrl(target)
    ? { type: 'url', url: target }
    : { type: 'file', path: resolve(target) };
}

/** Where a file is that an entity names: by URL, or by path from the entity's own file. */
export function placeOfAnnotation(text: string, entity: Entity): SloPlace {
  if (isUrl(text)) return { type: 'url', url: text };
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) {
    return none(
      `${quote(
        text,
      )} is neither an http or https URL nor a path. Write a path from the entity's own file, such as ./slos.yaml.`,
    );
  }
  if (isAbsolute(text) || /^[\\/]/.test(text)) {
    return none(
      `${quote(
        text,
      )} is an absolute path. Write a path from the entity's own file, such as ./slos.yaml, or a URL.`,
    );
  }
  const managedBy = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (managedBy === undefined) {
    return none(
      `The entity has no ${ANNOTATION_LOCATION}, so nobody knows from where the path ${quote(
        text,
      )} goes. Write a URL.`,
    );
  }
  const { type, target } = parseLocationRef(managedBy);
  if (type === 'url') return placeOfUrl(text, target);
  if (type === 'file') {
    const folder = dirname(resolve(target));
    return { type: 'file', path: resolve(folder, text), below: folder };
  }
  return none(
    `The entity comes from a location of type ${quote(
      type,
    )}, from which no path goes. Write a URL.`,
  );
}

function placeOfUrl(path: string, base: string): SloPlace {
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
    if (to.origin === from.origin) {
      to.search ||= from.search;
      return { type: 'url', url: to.toString() };
    }
  } catch {
    return none(
      `The path ${quote(path)} does not go from ${quote(
        base,
      )}, the entity's own file. Write a URL.`,
    );
  }
  return none(`${quote(path)} leads to another server. Write its whole URL.`);
}

function none(problem: string): SloPlace {
  return { type: 'none', problem };
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
