import { createSharedRead } from './createSharedRead';

/** Runs that wait for an approval; those that the viewer may decide first. */
export const useWaitingApprovals = createSharedRead(api =>
  api.getWaitingApprovals(),
);
