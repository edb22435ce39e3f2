export { RunbookButton, type RunbookButtonProps } from './RunbookButton';
