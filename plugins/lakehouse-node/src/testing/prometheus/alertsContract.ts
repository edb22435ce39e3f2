import { eventually } from '../contract/eventually';
import type { PrometheusContractTarget } from './prometheusContract';

export function alertsContract(getTarget: () => PrometheusContractTarget) {
  describe('alerts and targets', () => {
    it('lists an alert that fires', async () => {
      const connection = getTarget().connect();
      const alert = await eventually('A firing alert', async () =>
        (await connection.alerts()).find(({ state }) => state === 'firing'),
      );
      expect(alert).toMatchObject({
        connection: connection.id,
        name: alert.labels.alertname,
        activeAt: expect.stringMatching(/^\d{4}-.*Z$/),
        value: expect.any(Number),
        labels: expect.objectContaining({ alertname: expect.any(String) }),
      });
      expect(alert.severity).toBe(alert.labels.severity);
    });

    it('lists targets, those that are down first', async () => {
      const connection = getTarget().connect();
      const targets = await eventually(
        'Targets that were scraped',
        async () => {
          const all = await connection.targets();
          return all?.every(({ health }) => health !== 'unknown') && all;
        },
      );
      expect(targets).toContainEqual({
        job: 'prometheus',
        instance: expect.any(String),
        health: 'up',
        lastError: undefined,
        lastScrapeAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      const down = targets.filter(({ health }) => health === 'down');
      expect(targets.slice(0, down.length)).toEqual(down);
      for (const { lastError } of down) expect(lastError).toBeTruthy();
    });

    it('tells what the server offers', async () => {
      const connection = getTarget().connect();
      const probed = await connection.capabilities({ refresh: true });
      expect(probed).toMatchObject({
        version: expect.stringMatching(/^\d+\.\d+/),
        capabilities: [
          { id: 'metrics.query', available: true },
          { id: 'alerts.read', available: true },
          { id: 'targets.read', available: true },
        ],
      });
      expect(connection.status()).toEqual({
        available: true,
        capabilities: probed,
        lastError: undefined,
      });
    });
  });
}
