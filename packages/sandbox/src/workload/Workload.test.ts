import { workloadSession } from '../cluster/ClientSession';
import { Query } from '../cluster/Query';
import { TrinoError } from '../sql/TrinoError';
import { startSandbox } from '../startSandbox';
import { prepareStatement } from '../statements/prepareStatement';
import { Random } from '../world/Random';
import { PERSONAS } from './personas';

const at = new Date('2026-03-04T05:06:07Z');

async function history(seed: number) {
  const sandbox = await startSandbox({ workload: true, seed, now: () => at });
  const queries = sandbox.world.queries.all().map(query => ({
    id: query.id,
    sql: query.sql,
    state: query.state,
    error: query.errorCode?.name,
    createdAtMs: query.createdAtMs,
  }));
  await sandbox.close();
  return queries;
}

describe('Workload', () => {
  it('begins with a hundred queries of the last hour, oldest first', async () => {
    const queries = await history(3);
    expect(queries).toHaveLength(100);
    const times = queries.map(query => query.createdAtMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(at.getTime() - 3_600_000);
    expect(new Set(queries.map(query => query.state))).toEqual(
      new Set(['FINISHED', 'FAILED']),
    );
  });

  it('repeats exactly for the same seed', async () => {
    expect(await history(5)).toEqual(await history(5));
    expect(await history(5)).not.toEqual(await history(6));
  });

  it('commits small files while it runs, and tells the listener of its past', async () => {
    const bodies: string[] = [];
    const sandbox = await startSandbox({
      workload: true,
      speed: 400,
      listener: {
        url: 'http://127.0.0.1/events',
        fetch: async (_url, init) => {
          bodies.push(String(init?.body ?? ''));
          return new Response();
        },
      },
    });
    const raw = () =>
      sandbox.world.table('iceberg', 'bronze', 'clickstream_raw');
    const before = raw()?.files.length ?? 0;
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(raw()?.files.length).toBeGreaterThan(before);
    const completed = bodies.filter(body => body.includes('"statistics"'));
    expect(completed.length).toBeGreaterThan(200);
    expect(sandbox.world.queries.all().length).toBeLessThanOrEqual(130);
    await sandbox.close();
  });

  it.each(PERSONAS.map(persona => [persona.source ?? persona.user, persona]))(
    'gives %s statements that parse and plan, but for honest mistakes',
    async (_name, persona) => {
      const { world, close } = await startSandbox();
      const random = Random.create(11);
      const failures = Array.from({ length: 40 }, () => {
        const { sql, cost } = persona.next(random);
        expect(cost.runMs).toBeGreaterThan(0);
        const query = Query.create({
          id: 'q',
          transactionId: 't',
          session: workloadSession(persona),
          sql,
          resourceGroup: ['global'],
          createdAtMs: 0,
          unattended: true,
        });
        try {
          prepareStatement(query, world);
          return undefined;
        } catch (error) {
          return error;
        }
      }).filter(error => error !== undefined);
      const makesMistakes = ['alice', 'carol', 'dmitri'].includes(persona.user);
      expect(failures.every(error => error instanceof TrinoError)).toBe(true);
      expect(failures.length > 0).toBe(makesMistakes);
      await close();
    },
  );
});
