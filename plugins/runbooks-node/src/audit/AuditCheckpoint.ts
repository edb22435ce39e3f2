import {
  createHash,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { AuditHead } from './auditChain';
import { canonicalJson } from './sha256OfJson';

/**
 * That an audit chain had a certain end at a certain time, signed with
 * Ed25519 (RFC 8032) over the canonical JSON (RFC 8785) of `sequence`, `hash`,
 * `at` and `keyId`.
 *
 * @public
 */
export interface AuditCheckpoint extends AuditHead {
  readonly at: string;
  readonly keyId: string;
  /** Base64. */
  readonly signature: string;
}

/**
 * Signs the end of a chain.
 *
 * @public
 */
export function signAuditCheckpoint(options: {
  head: AuditHead;
  at: string;
  keyId: string;
  privateKey: KeyObject;
}): AuditCheckpoint {
  const { head, at, keyId, privateKey } = options;
  const signed = { sequence: head.sequence, hash: head.hash, at, keyId };
  const signature = sign(undefined, signedBytes(signed), privateKey);
  return { ...signed, signature: signature.toString('base64') };
}

/**
 * Whether a checkpoint is as it was signed with one of the keys.
 *
 * @public
 */
export function verifyAuditCheckpoint(
  checkpoint: AuditCheckpoint,
  publicKeys: readonly KeyObject[],
): boolean {
  const bytes = signedBytes(checkpoint);
  const signature = Buffer.from(checkpoint.signature, 'base64');
  return publicKeys.some(key => verify(undefined, bytes, key, signature));
}

/**
 * What an Ed25519 key is called unless somebody names it: the start of the
 * SHA-256 of its public half.
 *
 * @public
 */
export function auditKeyId(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

function signedBytes(checkpoint: Omit<AuditCheckpoint, 'signature'>): Buffer {
  const { sequence, hash, at, keyId } = checkpoint;
  return Buffer.from(canonicalJson({ sequence, hash, at, keyId }), 'utf8');
}
