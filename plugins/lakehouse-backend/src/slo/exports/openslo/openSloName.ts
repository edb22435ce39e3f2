import { importedName } from '../../definitions/imports/importedName';
import { objectName } from '../../definitions/openslo/metadata';

/** Of names and titles in OpenSLO. */
const LENGTH_MAX = 63;

/** A name as OpenSLO takes it. */
export function openSloName(name: string): string {
  return objectName.safeParse(name).success
    ? name
    : importedName(name).slice(0, LENGTH_MAX).replace(/-$/, '');
}

/** A title as OpenSLO takes it. */
export function openSloTitle(title: string | undefined): string | undefined {
  return title === undefined || title.length <= LENGTH_MAX
    ? title
    : `${title.slice(0, LENGTH_MAX - 1)}…`;
}
