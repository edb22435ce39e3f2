/** The version that the stand-in answers like. */
export const REDIS_VERSION = '7.0.15';
