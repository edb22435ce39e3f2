import {
  createExtensionBlueprint,
  createExtensionDataRef,
} from '@backstage/frontend-plugin-api';
import type { RunbookPicker } from './RunbookPicker';

const runbookPickerDataRef = createExtensionDataRef<RunbookPicker>().with({
  id: 'runbooks.picker',
});

/**
 * Adds a picker for parameters of runbooks, in apps on the new frontend
 * system.
 *
 * @public
 */
export const RunbookPickerBlueprint = createExtensionBlueprint({
  kind: 'runbook-picker',
  attachTo: { id: 'api:runbooks/pickers', input: 'pickers' },
  output: [runbookPickerDataRef],
  dataRefs: { picker: runbookPickerDataRef },
  factory: (params: { picker: RunbookPicker }) => [
    runbookPickerDataRef(params.picker),
  ],
});
