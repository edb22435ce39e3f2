import { makeLoad } from './load/makeLoad';
import { readLoadOptions } from './load/readLoadOptions';
import { withStampede } from './load/withStampede';

async function main() {
  const options = readLoadOptions(process.argv.slice(2));
  const { admin, ttl, stampede } = options;
  const result = stampede
    ? await withStampede({ admin, ttlSeconds: ttl }, () => makeLoad(options))
    : await makeLoad(options);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

main().catch(error => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The load was not made: ${message}\n`);
  process.exit(1);
});
