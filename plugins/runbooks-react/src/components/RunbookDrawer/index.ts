export { RunbookDrawer, type RunbookDrawerProps } from './RunbookDrawer';
