/**
 * Messages with which access control fails by itself: the policy server of
 * OPA (OpaQueryException of Trino 476's OPA plugin), and a file of rules that
 * is read again and can't be parsed (Trino's JsonUtils).
 */
const OUTAGES = [
  /^Failed to query OPA backend/,
  /^Failed to (?:de)?serialize OPA /,
  /^OPA policy named .* did not return a value/,
  /^OPA server returned status /,
  /^Invalid JSON (?:file|string) .*AccessControlRules'?$/,
];

/** Whether an internal error's message tells that access control could not decide, which is no denial. */
export function isAccessControlOutage(message: string): boolean {
  return OUTAGES.some(pattern => pattern.test(message));
}
