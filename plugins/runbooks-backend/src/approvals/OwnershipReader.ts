import type { UserCredentials } from '../permissions/RunPermissions';

/** Tells which groups somebody is in. */
export interface OwnershipReader {
  /** Entity refs of the person and their groups, in lower case. */
  refsOf(credentials: UserCredentials): Promise<readonly string[]>;
}
