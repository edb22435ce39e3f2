export type { Refusal } from './RefusalView';
export { RunbookDrawer, type RunbookDrawerProps } from './RunbookDrawer';
