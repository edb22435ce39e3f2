import {
  FakeTrinoConnection,
  listedQuery,
} from '../../__testUtils__/FakeTrinoConnection';
import { runContext } from '../../__testUtils__/runContext';
import { createKillQueryAction } from './createKillQueryAction';

const { queryId } = listedQuery;
const input = {
  connection: 'analytics',
  queryId,
  message: "Blocks the nightly load; see #ops – it's O'Brien's call",
};

function setup(query: Partial<typeof listedQuery> = {}) {
  const trino = new FakeTrinoConnection();
  trino.queries.set(queryId, { ...listedQuery, ...query });
  const action = createKillQueryAction({
    connections: trino.connections,
    tableChanged: () => {},
  });
  return { trino, action };
}

describe('trino:kill-query', () => {
  it('takes a message of 1 to 200 characters, without the space around it', () => {
    const { action } = setup();
    const schema = action.schema.input;
    expect(schema.parse({ ...input, message: '  why  ' }).message).toBe('why');
    expect(schema.safeParse({ ...input, message: '   ' }).success).toBe(false);
    expect(schema.safeParse({ ...input, message: undefined }).success).toBe(
      false,
    );
    expect(
      schema.safeParse({ ...input, message: 'x'.repeat(201) }).success,
    ).toBe(false);
  });

  it('shows whose query it is and what is lost, without its literals', async () => {
    const { action } = setup();
    const { content, fingerprint } = await action.preview(runContext(input));
    expect(fingerprint).toEqual({ queryId, alive: true });
    expect(content.summary).toContain('alice (nightly-export)');
    expect(content.summary).toContain('3 m 05 s');
    expect(content.samples?.rows[0]).toContain(
      "SELECT * FROM gold.daily_sales WHERE token = '…'",
    );
    expect(JSON.stringify(content)).not.toContain('very-secret');
    expect(content.warnings).toEqual([]);
  });

  it('warns of killing our own', async () => {
    const { action } = setup({ source: 'lakehouse-ops' });
    const { content } = await action.preview(runContext(input));
    expect(content.warnings).toHaveLength(1);
  });

  it('tells an ended query from an unknown one', async () => {
    const { action } = setup({ state: 'FAILED', errorName: 'USER_CANCELED' });
    await expect(action.preview(runContext(input))).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('FAILED, USER_CANCELED'),
    });
    await expect(
      action.preview(runContext({ ...input, queryId: 'nope' })),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('sends the message exactly as typed', async () => {
    const { action, trino } = setup();
    await expect(action.execute(runContext(input))).resolves.toEqual({
      outcome: 'killed',
    });
    expect(trino.kills).toEqual([{ queryId, message: input.message }]);
  });

  it.each([
    [{ outcome: 'already-ended', state: 'FINISHED' } as const, 'ConflictError'],
    [{ outcome: 'not-found' } as const, 'NotFoundError'],
  ])('fails on %j', async (killResult, name) => {
    const { action, trino } = setup();
    trino.killResult = killResult;
    await expect(action.execute(runContext(input))).rejects.toMatchObject({
      name,
    });
  });

  it('verifies by the error that the query ended with', async () => {
    const { action } = setup();
    const context = runContext(input);
    const output = await action.execute(context);
    await expect(action.verify({ ...context, output })).resolves.toMatchObject({
      outcome: 'verified',
    });
  });

  it('is inconclusive when the query ended otherwise, or is not known any more', async () => {
    const output = { outcome: 'killed' as const };
    const finished = setup({ state: 'FINISHED' });
    await expect(
      finished.action.verify({ ...runContext(input), output }),
    ).resolves.toMatchObject({ outcome: 'inconclusive' });
    const forgotten = setup();
    forgotten.trino.queries.clear();
    await expect(
      forgotten.action.verify({ ...runContext(input), output }),
    ).resolves.toMatchObject({ outcome: 'inconclusive' });
  });

  it.each([
    [{ state: 'RUNNING' } as const, 'not-done'],
    [{ state: 'FINISHED' } as const, 'not-done'],
    [
      { state: 'FAILED', errorName: 'ADMINISTRATIVELY_KILLED' } as const,
      'done',
    ],
    [{ state: 'FAILED', errorName: 'USER_CANCELED' } as const, 'not-done'],
  ])('after a crash with the query %j it is %s', async (query, state) => {
    const { action } = setup(query);
    await expect(action.reconcile(runContext(input))).resolves.toMatchObject({
      state,
    });
  });

  it('does not know after a crash when Trino has forgotten the query', async () => {
    const { action, trino } = setup();
    trino.queries.clear();
    await expect(action.reconcile(runContext(input))).resolves.toMatchObject({
      state: 'unknown',
    });
  });

  it('says on the button why not', async () => {
    const { action, trino } = setup();
    const target = action.target(input);
    const ask = () =>
      action.preflight({ target, signal: new AbortController().signal });
    await expect(ask()).resolves.toEqual({ allowed: true });
    if (!(trino.probe instanceof Error)) {
      trino.probe = {
        ...trino.probe,
        capabilities: [
          {
            id: 'query.kill',
            available: false,
            reason: '403 on killing',
            remedy: 'add a queries rule with kill for lakehouse-ops',
          },
        ],
      };
    }
    await expect(ask()).resolves.toEqual({
      allowed: false,
      reason: "Lakehouse Ops can't do this on Trino analytics: 403 on killing.",
      remedy: 'Add a queries rule with kill for lakehouse-ops.',
    });
    if (!(trino.probe instanceof Error)) {
      trino.probe = { ...trino.probe, starting: true };
    }
    await expect(ask()).resolves.toEqual({
      allowed: false,
      reason: 'Trino analytics is starting.',
      remedy: 'Try again when it has started.',
    });
    trino.probe = new Error('connect ECONNREFUSED');
    await expect(ask()).resolves.toMatchObject({
      allowed: false,
      reason: expect.stringContaining("can't be asked"),
    });
  });
});
