/** Of the server that benchmarks use: BENCH_POSTGRES_URL, or that of the stack. */
export function postgresUrl(): string {
  const { env } = process;
  if (env.BENCH_POSTGRES_URL) return env.BENCH_POSTGRES_URL;
  const url = new URL('postgresql://127.0.0.1:15432/postgres');
  if (env.STACK_POSTGRES_HOST) url.hostname = env.STACK_POSTGRES_HOST;
  if (env.STACK_POSTGRES_PORT) url.port = env.STACK_POSTGRES_PORT;
  url.username = env.STACK_POSTGRES_USER ?? 'backstage';
  url.password = env.STACK_POSTGRES_PASSWORD ?? '';
  return url.toString();
}
