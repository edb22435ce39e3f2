export { RefusedButton } from './RefusedButton';
export { RunbookButton, type RunbookButtonProps } from './RunbookButton';
