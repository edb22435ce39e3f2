export * from './RunbookPicker';
export * from './runbookPickersApiRef';
export { RunbookPickers } from './RunbookPickers';
export { RunbookPickerBlueprint } from './RunbookPickerBlueprint';
