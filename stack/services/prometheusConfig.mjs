import { join } from 'node:path';
import { STACK_DIR } from '../lib/paths.mjs';

/** The stack's own rules and those that are shipped for everybody. */
const RULE_FILES = [
  join(STACK_DIR, 'prometheus', '*.yml'),
  join(STACK_DIR, '..', 'examples', 'prometheus', '*.yml'),
];

/** Trino's metrics are many: one scrape costs it about as much as a small query. */
const SCRAPE_INTERVAL = '15s';
const SCRAPE_TIMEOUT = '10s';

/** What may read Trino's metrics and do nothing else of an operator; see stack/trino/etc/rules.json. */
const TRINO_USER = 'monitor';

/**
 * The configuration of the stack's Prometheus. Targets that do not run are down, which is
 * what `up` is for.
 *
 * @param {{ addresses: Record<string, string>, services: string[], ruleFiles?: string[] }} options
 */
export function prometheusConfig(options) {
  const { addresses, services, ruleFiles = RULE_FILES } = options;
  const trino = (job, address) => ({
    job_name: job,
    // On the plain port a user without a password is believed.
    basic_auth: { username: TRINO_USER },
    ...target(address),
  });
  return {
    global: {
      scrape_interval: SCRAPE_INTERVAL,
      scrape_timeout: SCRAPE_TIMEOUT,
      evaluation_interval: SCRAPE_INTERVAL,
    },
    rule_files: ruleFiles,
    scrape_configs: [
      { job_name: 'prometheus', ...target(addresses.prometheus) },
      trino('trino', addresses.trino),
      ...(services.includes('trino2')
        ? [trino('trino2', addresses.trino2)]
        : []),
      ...(services.includes('gateway')
        ? [{ job_name: 'trino-gateway', ...target(addresses.gateway) }]
        : []),
      { job_name: 'backstage', ...target(addresses.backendMetrics) },
      { job_name: 'personal-api', ...target(addresses.personalApi) },
    ],
  };
}

const target = address => ({ static_configs: [{ targets: [address] }] });
