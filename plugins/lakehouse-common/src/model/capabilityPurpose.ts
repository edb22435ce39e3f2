import type { Capability } from './cluster';

/**
 * What is lost without a capability: something is not seen (`observation`),
 * something can't be done (`action`), or the system is open to others than us
 * (`protection`).
 *
 * @public
 */
export type CapabilityPurpose = 'observation' | 'action' | 'protection';

/** What stands last in the id of a capability that only actions need. */
const CHANGES = new Set([
  'change',
  'csrf',
  'execute',
  'expire',
  'invalidate',
  'kill',
  'patch',
  'unlink',
  'warm',
  'write',
]);

/**
 * Tells what a capability is for, by what stands last in its id: `query.kill`
 * is an action, `metrics.read` an observation. One that is not known counts as
 * an observation: rather too little is claimed to be seen than too much.
 *
 * @public
 */
export function capabilityPurpose({
  id,
}: Pick<Capability, 'id'>): CapabilityPurpose {
  const last = id.slice(id.lastIndexOf('.') + 1);
  if (last === 'protected') return 'protection';
  return CHANGES.has(last) ? 'action' : 'observation';
}
