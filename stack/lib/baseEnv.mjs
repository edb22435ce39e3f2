const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ'];
const UTF8 = /utf-?8/i;

/**
 * The few variables of ours that servers get: whatever else stands in our environment
 * (proxies, other Java options, npm's) must not change how they run. Where no locale is
 * set, or one without UTF-8, Java could not open files whose names have an umlaut.
 */
export function baseEnv(env = process.env) {
  const base = Object.fromEntries(
    PASSED_ON.filter(name => env[name] !== undefined).map(name => [
      name,
      env[name],
    ]),
  );
  return UTF8.test(env.LC_ALL || env.LANG || '')
    ? base
    : { ...base, LC_ALL: 'C.UTF-8' };
}
