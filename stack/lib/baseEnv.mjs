const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'];

/**
 * The few variables of ours that servers get: whatever else stands in our environment
 * (proxies, other Java options, npm's) must not change how they run.
 */
export function baseEnv(env = process.env) {
  return Object.fromEntries(
    PASSED_ON.filter(name => env[name] !== undefined).map(name => [
      name,
      env[name],
    ]),
  );
}
