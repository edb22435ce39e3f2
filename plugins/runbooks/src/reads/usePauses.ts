import { createSharedRead } from './createSharedRead';

/** What is paused now, and whether the viewer may change that. */
export const usePauses = createSharedRead(api => api.getPauses());
