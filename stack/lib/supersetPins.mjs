import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version that requirements.txt pins. */
export const SUPERSET_VERSION = '6.1.0';

/** Every package of Superset with its version. */
export const SUPERSET_REQUIREMENTS_FILE = fileURLToPath(
  new URL('../superset/requirements.txt', import.meta.url),
);

/** Tells one set of pins from another. */
export function supersetPins() {
  return createHash('sha256')
    .update(readFileSync(SUPERSET_REQUIREMENTS_FILE))
    .digest('hex')
    .slice(0, 8);
}
