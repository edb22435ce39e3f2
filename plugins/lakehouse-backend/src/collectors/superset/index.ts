export { createSupersetCollectors } from './createSupersetCollectors';
