/** How eager: above 1 refreshes earlier, below 1 later. */
const BETA = 1;

/**
 * Whether this reader is the one to renew an entry before it expires. The
 * chance rises towards the end and with the time that a renewal takes, so that
 * one of many readers does it and the others never meet an expired entry
 * (XFetch: Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache
 * Stampede Prevention", VLDB 2015).
 */
export function shouldRefreshEarly(options: {
  nowMs: number;
  expiresAtMs: number;
  /** How long the last fill took. */
  fillMs: number;
  /** From 0 to 1. */
  random: number;
}): boolean {
  const { nowMs, expiresAtMs, fillMs, random } = options;
  return nowMs - fillMs * BETA * Math.log(random) >= expiresAtMs;
}
