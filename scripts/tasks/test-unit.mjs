// Jest alone, for a quick look: npm run test:unit -- plugins/lakehouse
import { Tally } from '../lib/checks.mjs';
import { jest } from '../lib/suites.mjs';

const tally = new Tally();
await tally.check('tests', () => jest({ patterns: process.argv.slice(2) }));
process.exit(tally.close());
