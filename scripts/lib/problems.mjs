/** Something that the person at the keyboard can put right: what is wrong, and the way out. */
export class Problem extends Error {
  constructor(what, wayOut) {
    super(wayOut ? `${what}\n${wayOut}` : what);
    this.name = 'Problem';
  }
}

/** Known traces in a failed command's output. The first that matches is told. */
const TRACES = [
  {
    pattern: /ENOSPC|no space left on device/i,
    what: 'The disk is full.',
    wayOut:
      'Set-up needs about 4 GB: free some space and start again; what is done is kept.',
  },
  {
    pattern:
      /SELF_SIGNED_CERT|self-signed certificate|unable to get local issuer/i,
    what: 'The package registry shows a certificate that Node does not trust.',
    wayOut:
      'Set NODE_EXTRA_CA_CERTS to the file with your organisation’s certificates and start again.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH|ECONNRESET|network (request|timeout)|getaddrinfo/i,
    what: 'The package registry can’t be reached.',
    wayOut:
      'Check the network, the proxy (HTTPS_PROXY) and "npm config get registry", then start again; what is done is kept.',
  },
  {
    pattern:
      /not found: make|make: not found|gyp ERR! (find Python|stack Error: not found)|g\+\+: (not found|command not found)|c\+\+: not found|cc: not found|No such file or directory: '?c(c|\+\+)/i,
    what: 'A native module can’t be built: there is no C/C++ tool chain.',
    wayOut:
      'Install one (Debian, Ubuntu: apt-get install build-essential python3; Fedora: dnf install gcc-c++ make python3; macOS: xcode-select --install) and start again.',
  },
  {
    pattern: /lockfile would have been (modified|created)|YN0028/,
    what: 'yarn.lock does not fit the package.json files.',
    wayOut: 'Run node scripts/run.mjs yarn install, and commit yarn.lock.',
  },
  {
    pattern: /EACCES|EPERM|permission denied/i,
    what: 'A file can’t be written.',
    wayOut:
      'Check who owns this folder and its node_modules, then start again.',
  },
];

/** Tells what the output of a failed command means, as far as it is known. */
export function problemFrom(output, fallback) {
  const trace = TRACES.find(one => one.pattern.test(output));
  return trace
    ? new Problem(trace.what, trace.wayOut)
    : new Problem(fallback.what, fallback.wayOut);
}

/** What to print for anything thrown. */
export function explain(error) {
  if (error instanceof Problem) return `✗ ${error.message}`;
  if (error?.code === 'ENOSPC') return `✗ ${problemFrom('ENOSPC', {}).message}`;
  return `✗ ${error?.stack ?? error}`;
}
