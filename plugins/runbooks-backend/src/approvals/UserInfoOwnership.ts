import type { UserInfoService } from '@backstage/backend-plugin-api';
import type { UserCredentials } from '../permissions/RunPermissions';
import { normalRef } from './ApproverDirectory';
import type { OwnershipReader } from './OwnershipReader';

/** Membership as it was when the person signed in. */
export class UserInfoOwnership implements OwnershipReader {
  readonly #userInfo: UserInfoService;

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async refsOf(credentials: UserCredentials): Promise<readonly string[]> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return [userEntityRef, ...ownershipEntityRefs].map(normalRef);
  }
}
