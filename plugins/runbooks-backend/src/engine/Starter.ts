import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { UserCredentials } from '../permissions/RunPermissions';

/**
 * Who previews and starts: a person who calls, or what started by itself, with
 * the person who answers for it. Only code of this plugin can say the latter.
 */
export type Starter =
  | { readonly credentials: UserCredentials; readonly startedBy?: undefined }
  | { readonly credentials: BackstageCredentials; readonly startedBy: string };

/** Entity ref of the person who answers for the run. */
export function starterOf(starter: Starter): string {
  return starter.startedBy === undefined
    ? starter.credentials.principal.userEntityRef
    : starter.startedBy;
}
