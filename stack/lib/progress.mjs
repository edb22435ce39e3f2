/**
 * Prints progress lines, each with the seconds since the start.
 *
 * @param {{ write?: (line: string) => void, now?: () => number }} [options]
 */
export function createProgress({
  write = line => process.stdout.write(line),
  now = () => performance.now(),
} = {}) {
  const startedAtMs = now();
  return (service, message) => {
    const seconds = ((now() - startedAtMs) / 1000).toFixed(1).padStart(6);
    write(`${seconds} s  ${service.padEnd(15)}  ${message}\n`);
  };
}
