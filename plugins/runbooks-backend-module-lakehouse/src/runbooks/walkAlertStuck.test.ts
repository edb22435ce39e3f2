import {
  type KubernetesSandbox,
  startKubernetesSandbox,
  startSupersetSandbox,
  type SupersetSandbox,
} from '@lakehouse-ops/sandbox';
import { sandboxConfig } from '../__testUtils__/sandboxConfig';
import { startRunbooks } from '../__testUtils__/startRunbooks';
import { walkRunbook } from '../__testUtils__/walkRunbook';

jest.setTimeout(240_000);

const ALERT = 5;
/** It does not come about while this runs. */
const YEARLY = '0 0 1 1 *';
const WORKER = {
  kubernetes: 'prod',
  namespace: 'lakehouse',
  workload: 'superset-worker',
};
/** How much later it is for Superset whenever the run is looked at. */
const STEP_MS = 4_000;

describe('superset-alert-stuck, walked on the sandbox', () => {
  let superset: SupersetSandbox;
  let kubernetes: KubernetesSandbox;
  let runbooks: Awaited<ReturnType<typeof startRunbooks>>;
  let agoMs = 4 * 3_600_000;

  const alert = () => {
    const found = superset.world.alerts.get(ALERT);
    if (!found) throw new Error('The alert is gone');
    return found;
  };
  const worker = () => {
    const { namespace, workload } = WORKER;
    const found = kubernetes.world.workload(namespace, 'Deployment', workload);
    if (!found) throw new Error('The worker is gone');
    return found;
  };

  beforeAll(async () => {
    superset = await startSupersetSandbox({
      port: 0,
      now: () => new Date(Date.now() - agoMs),
    });
    kubernetes = await startKubernetesSandbox({ port: 0, speed: 100 });
    runbooks = await startRunbooks({
      config: sandboxConfig({ superset, kubernetes }),
    });
    // Its worker died in the middle of a run, hours ago.
    superset.world.alerts.run(alert(), Date.now() - agoMs);
    Object.assign(alert(), {
      crontab: YEARLY,
      workingTimeoutSeconds: 60,
      value: 0,
      operator: '>',
      threshold: 100,
    });
    agoMs -= 3_600_000;
  });

  afterAll(async () => {
    await Promise.all([superset, kubernetes].map(server => server?.close()));
  });

  it('restarts the worker, ends the run that hangs, and runs the alert', async () => {
    expect(alert().lastState).toBe('Working');
    const { revision } = worker();
    const { run } = await walkRunbook(runbooks, {
      runbookId: 'superset-alert-stuck',
      parameters: { connection: 'bi', alert: String(ALERT), ...WORKER },
      meanwhile: () => {
        agoMs -= STEP_MS;
        if (worker().revision > revision) alert().hangs = false;
      },
    });
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(worker().revision).toBe(revision + 1);
    expect(
      run.steps.find(({ id }) => id === 'release/verify')?.verification,
    ).toMatchObject({
      outcome: 'verified',
      summary: expect.stringContaining('timeout'),
    });
    expect(['Success', 'Not triggered']).toContain(alert().lastState);
    // As it was before.
    expect(alert().crontab).toBe(YEARLY);
  });

  it('changes no schedule unless it may', async () => {
    const { revision } = worker();
    await expect(
      runbooks.preview('superset-alert-stuck', {
        connection: 'bi',
        alert: String(ALERT),
        bySchedule: false,
        ...WORKER,
      }),
    ).rejects.toMatchObject({
      body: {
        error: {
          message: expect.stringContaining('no call that runs an alert'),
        },
      },
    });
    expect(worker().revision).toBe(revision);
    expect(alert().crontab).toBe(YEARLY);
  });
});
