import { createApiRef } from '@backstage/core-plugin-api';
import type { RunbookPicker } from './RunbookPicker';

/**
 * The pickers of an app.
 *
 * @public
 */
export interface RunbookPickersApi {
  /** `undefined` when nobody brought one: the parameter is typed then. */
  getPicker(name: string): RunbookPicker | undefined;
}

/**
 * Where the forms of runbooks find pickers. The `runbooks` plugin provides it;
 * other plugins add to it with a {@link RunbookPickerBlueprint}.
 *
 * @public
 */
export const runbookPickersApiRef = createApiRef<RunbookPickersApi>({
  id: 'plugin.runbooks.pickers',
});
