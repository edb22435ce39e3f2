/**
 * Runbooks for apps on the old frontend system.
 *
 * @packageDocumentation
 */

export {
  EntityRunbooksCard,
  EntityRunbooksContent,
  isRunbooksAvailable,
  RunbooksPage,
  runbooksPlugin,
} from './legacyPlugin';
export { entityPicker } from './pickers/entityPicker';
