/**
 * Runbooks for apps on the new frontend system: what can be run, what ran,
 * and whether it helped.
 *
 * @packageDocumentation
 */

export { runbooksPlugin as default } from './plugin';
