import { startPrometheusSandbox } from '@lakehouse-ops/sandbox';
import { openPrometheusTarget } from '../../testing/prometheus/openPrometheusTarget';
import { prometheusContract } from '../../testing/prometheus/prometheusContract';

prometheusContract({
  name: 'the sandbox',
  open: async () => {
    const sandbox = await startPrometheusSandbox();
    return openPrometheusTarget(
      { url: sandbox.url },
      { close: () => sandbox.close() },
    );
  },
});
