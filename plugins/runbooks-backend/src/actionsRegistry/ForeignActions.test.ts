import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { NotAllowedError, ResponseError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { RunbookAction } from '@lakehouse-ops/plugin-runbooks-node';
import { ActionRegistry, parametersSchema } from '../engine/ActionRegistry';
import { parseParameters } from '../engine/parseParameters';
import { ForeignActions } from './ForeignActions';

const alice = mockCredentials.user('user:default/alice');

async function setup(
  attributes: {
    readOnly?: boolean;
    destructive?: boolean;
    idempotent?: boolean;
  } = {},
) {
  const logger = mockServices.logger.mock();
  const actions = actionsRegistryServiceMock();
  const invoked: object[] = [];
  let answer: () => Promise<{ output: JsonObject }> = async () => ({
    output: { closed: true },
  });
  actions.register({
    name: 'close-ticket',
    title: 'Close ticket',
    description: 'Closes a ticket for good.',
    attributes,
    schema: {
      input: z =>
        z
          .object({ ticket: z.string().min(3), note: z.string().optional() })
          .strict(),
      output: z => z.object({}).passthrough(),
    },
    action: async ({ input, credentials }) => {
      invoked.push({ input, principal: credentials.principal });
      return answer();
    },
  });
  const foreign = ForeignActions.create({
    actions,
    logger,
    ownCredentials: async () => mockCredentials.service(),
  });
  await foreign.refresh(0);
  expect(logger.warn.mock.calls).toEqual([]);
  const registry = new ActionRegistry();
  registry.addResolver('registry:', foreign);
  const action = registry.get('registry:test:close-ticket');
  return {
    actions,
    foreign,
    registry,
    action,
    invoked,
    logger,
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

const looked = (action: RunbookAction, input: object) => ({
  input: parseParameters(action.schema.input, input),
  signal: new AbortController().signal,
  credentials: alice,
});

function running(action: RunbookAction, input: object, memory = {}) {
  const notes: object[] = [];
  return {
    notes,
    ctx: {
      ...looked(action, input),
      runId: 'run-1',
      log: { info() {}, warn() {}, error() {}, progress() {} },
      fingerprint: {},
      memory,
      remember: async (note: object) => {
        notes.push(note);
      },
    },
  };
}

describe('actions of the actions registry', () => {
  it('are steps of runbooks, called as the person', async () => {
    const { action, invoked } = await setup();
    expect(action).toMatchObject({ title: 'Close ticket', risk: 'high' });
    const { ctx } = running(action, { ticket: 'T-12' });
    expect(action.target(ctx.input)).toEqual({
      system: 'backstage',
      connection: 'test',
      kind: 'action',
      name: 'close-ticket',
    });
    const preview = await action.preview(ctx);
    expect(preview.content).toMatchObject({
      summary: 'Calls Close ticket (test:close-ticket)',
      samples: { rows: [['ticket', 'T-12']], total: 1 },
      warnings: [
        "This action can't be asked beforehand what it will do. It says of itself: Closes a ticket for good.",
      ],
    });
    expect(invoked).toEqual([]);
    expect(await action.execute(ctx)).toEqual({ closed: true });
    expect(invoked).toEqual([
      {
        input: { ticket: 'T-12' },
        principal: expect.objectContaining({
          userEntityRef: 'user:default/alice',
        }),
      },
    ]);
    expect(
      await action.verify({ ...ctx, output: { closed: true } }),
    ).toMatchObject({ outcome: 'inconclusive' });
  });

  it('show the schema of their input, and hold what is sent to it', async () => {
    const { action } = await setup();
    expect(parametersSchema(action)).toMatchObject({
      type: 'object',
      required: ['ticket'],
      additionalProperties: false,
      properties: { ticket: { type: 'string', minLength: 3 } },
    });
    for (const [input, said] of [
      [{}, 'ticket: is missing'],
      [{ ticket: 'x' }, 'ticket'],
      [{ ticket: 'T-12', force: true }, 'force: is not known'],
      ['T-12', 'object'],
    ] as const) {
      expect(() => parseParameters(action.schema.input, input)).toThrow(said);
    }
  });

  it.each([
    [{ readOnly: true }, 'low', 'not-done'],
    [{ destructive: true }, 'high', 'unknown'],
    [{ destructive: false }, 'medium', 'unknown'],
    [{ destructive: false, idempotent: true }, 'medium', 'not-done'],
  ])(
    'of %j have the risk %s; after a crash: %s',
    async (attributes, risk, state) => {
      const { action } = await setup(attributes);
      expect(action.risk).toBe(risk);
      const { ctx } = running(action, { ticket: 'T-12' });
      expect(await action.reconcile(ctx)).toMatchObject({ state });
    },
  );

  it('that refused did nothing, whatever they are', async () => {
    const { action, actions } = await setup({ destructive: true });
    jest.spyOn(actions, 'invoke').mockRejectedValue(
      await ResponseError.fromResponse(
        new Response(
          JSON.stringify({
            error: { name: 'NotAllowedError', message: 'Not yours' },
            response: { statusCode: 403 },
          }),
          { status: 403, headers: { 'content-type': 'application/json' } },
        ),
      ),
    );
    const { ctx, notes } = running(action, { ticket: 'T-12' });
    await expect(action.execute(ctx)).rejects.toThrow('Not yours');
    expect(
      await action.reconcile({ ...ctx, memory: { ...notes[0] } }),
    ).toMatchObject({ state: 'not-done' });
    jest
      .spyOn(actions, 'invoke')
      .mockRejectedValue(new NotAllowedError('socket hang up'));
    const second = running(action, { ticket: 'T-12' });
    await expect(action.execute(second.ctx)).rejects.toThrow('socket');
    expect(second.notes).toEqual([]);
  });

  it('keep no answer that is too long', async () => {
    const { action, answers } = await setup();
    answers(async () => ({ output: { text: 'x'.repeat(70_000) } }));
    const { ctx } = running(action, { ticket: 'T-12' });
    expect(await action.execute(ctx)).toEqual({
      omitted: expect.stringContaining('65536 are kept'),
    });
  });

  it('are forgotten some time after they are gone, and kept while the registry is silent', async () => {
    const { foreign, registry, actions, action, logger } = await setup();
    const id = 'registry:test:close-ticket';
    const list = jest.spyOn(actions, 'list');
    list.mockRejectedValueOnce(new Error('down'));
    await foreign.refresh(3_600_000);
    expect(registry.find(id)).toBe(action);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('down'));
    list.mockResolvedValue({ actions: [] });
    await foreign.refresh(60_000);
    expect(registry.find(id)).toBe(action);
    expect(
      await action.preflight({
        target: action.target({}),
        signal: new AbortController().signal,
      }),
    ).toEqual({ allowed: true });
    await foreign.refresh(3_600_000);
    expect(registry.find(id)).toBeUndefined();
    expect(() => registry.get(id)).toThrow('There is no runbook');
    expect(
      await action.preflight({
        target: action.target({}),
        signal: new AbortController().signal,
      }),
    ).toMatchObject({ allowed: false });
  });
});
