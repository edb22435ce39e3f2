import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { describeTrinoError } from '../describeTrinoError';

/** A capability is there when trying it works, and else says why not. */
export async function toCapability(
  id: string,
  attempt: () => Promise<unknown>,
): Promise<Capability> {
  try {
    await attempt();
    return { id, available: true };
  } catch (error) {
    const { reason, remedy } = describeTrinoError(error);
    return { id, available: false, reason, remedy };
  }
}
