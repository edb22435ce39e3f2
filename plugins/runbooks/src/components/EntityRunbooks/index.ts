export { EntityRunbooksContent } from './EntityRunbooksContent';
export { EntityRunbooksCard } from './EntityRunbooksCard';
