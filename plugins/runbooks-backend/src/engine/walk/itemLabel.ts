import type { JsonValue } from '@backstage/types';
import { limitText } from '../limits';

const MAX_LABEL_LENGTH = 100;
/** What people call things by, in this order. */
const NAMES = ['label', 'title', 'name', 'id', 'key'];

/** What people read of an entry of a list. */
export function itemLabel(item: JsonValue, index: number): string {
  return limitText(nameOf(item) || `entry ${index + 1}`, MAX_LABEL_LENGTH);
}

function nameOf(item: JsonValue | undefined): string {
  if (item === null || item === undefined) return '';
  if (typeof item !== 'object') return String(item);
  if (Array.isArray(item)) return '';
  for (const name of NAMES) {
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') {
      return String(value);
    }
  }
  return '';
}
