/**
 * Runbooks for apps on the old frontend system.
 *
 * @packageDocumentation
 */

export { RunbooksPage, runbooksPlugin } from './legacyPlugin';
