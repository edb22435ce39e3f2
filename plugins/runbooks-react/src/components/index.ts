export * from './labels';
export * from './PreviewView';
export * from './RunbookButton';
export * from './RunbookDrawer';
export * from './RunView';
export { GivenParameters } from './ParametersForm';
export { FailureView } from './FailureView';
