import { join } from 'node:path';
import { STACK_DIR } from '../lib/paths.mjs';

/** Shipped alerting rules; read by Prometheus when it starts. */
const RULE_FILES = join(STACK_DIR, '..', 'examples', 'prometheus', '*.yml');

/** Trino's metrics are many: one scrape costs it about as much as a small query. */
const SCRAPE_INTERVAL = '15s';
const SCRAPE_TIMEOUT = '10s';

/** What may read Trino's metrics and do nothing else of an operator; see stack/trino/etc/rules.json. */
const TRINO_USER = 'monitor';

/**
 * The configuration of the stack's Prometheus. Targets that do not run are down, which is
 * what `up` is for.
 *
 * @param {{ ports: Record<string, number>, services: string[], metricsPort: number }} settings
 */
export function prometheusConfig({ ports, services, metricsPort }) {
  const trino = (job, port) => ({
    job_name: job,
    // On the plain port a user without a password is believed.
    basic_auth: { username: TRINO_USER },
    ...target(port),
  });
  return {
    global: {
      scrape_interval: SCRAPE_INTERVAL,
      scrape_timeout: SCRAPE_TIMEOUT,
      evaluation_interval: SCRAPE_INTERVAL,
    },
    rule_files: [RULE_FILES],
    scrape_configs: [
      { job_name: 'prometheus', ...target(ports.prometheus) },
      trino('trino', ports.trinoHttp),
      ...(services.includes('trino2')
        ? [trino('trino2', ports.trino2Http)]
        : []),
      ...(services.includes('gateway')
        ? [{ job_name: 'trino-gateway', ...target(ports.gateway) }]
        : []),
      { job_name: 'backstage', ...target(metricsPort) },
    ],
  };
}

const target = port => ({
  static_configs: [{ targets: [`127.0.0.1:${port}`] }],
});
