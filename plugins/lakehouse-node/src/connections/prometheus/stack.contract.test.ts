import { openPrometheusTarget } from '../../testing/prometheus/openPrometheusTarget';
import { prometheusContract } from '../../testing/prometheus/prometheusContract';

/** Set by `node stack/cli.mjs env`; without it there is no real server to run on. */
const { STACK_PROMETHEUS_URL: url } = process.env;

if (url) {
  prometheusContract({
    name: 'real Prometheus',
    open: async () => openPrometheusTarget({ url }),
  });
}

describe('the contract on a real Prometheus', () => {
  it('runs when the variable of the stack is set', () => {
    expect(url).toBe(process.env.STACK_PROMETHEUS_URL);
  });
});
