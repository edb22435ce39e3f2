import { z } from 'zod';
import {
  createRunbookAction,
  type RunbookAction,
} from '../createRunbookAction';
import { testRunbookAction } from './testRunbookAction';

/** A switch, and the action that turns it on. */
function createSwitch() {
  const state = { on: false };
  const action = createRunbookAction({
    id: 'lamp:turn-on',
    title: 'Turn on',
    description: 'Turns a lamp on.',
    verb: 'Turn on',
    risk: 'low',
    attributes: { readOnly: false, destructive: false, idempotent: true },
    schema: {
      input: z.object({ lamp: z.string() }),
      output: z.object({ on: z.boolean() }),
    },
    timeout: { seconds: 1 },
    target: ({ lamp }) => ({
      system: 'lamps',
      connection: 'home',
      kind: 'lamp',
      name: lamp,
    }),
    lockKeys: ({ lamp }) => [`lamps/${lamp}`],
    preflight: async () => ({ allowed: true }),
    preview: async () => ({
      content: {
        summary: 'Turns it on.',
        changes: [],
        untouched: [],
        warnings: [],
      },
      fingerprint: { on: state.on },
    }),
    execute: async ({ signal, log, remember }) => {
      signal.throwIfAborted();
      await remember({ asked: true });
      state.on = true;
      log.progress(1, 'On');
      return { on: true };
    },
    verify: async () => ({
      outcome: state.on ? 'verified' : 'not-verified',
      summary: state.on ? 'It is on.' : 'It is off.',
      metrics: [],
    }),
    reconcile: async () =>
      state.on
        ? { state: 'done', output: { on: true } }
        : { state: 'not-done', reason: 'It is off.' },
  });
  return { state, action };
}

describe('testRunbookAction', () => {
  it('tries an action from preview to reconcile, and gives back all it saw', async () => {
    const { state, action } = createSwitch();
    const trial = await testRunbookAction({ action, input: { lamp: 'desk' } });
    expect(state.on).toBe(true);
    expect(trial).toEqual({
      target: {
        system: 'lamps',
        connection: 'home',
        kind: 'lamp',
        name: 'desk',
      },
      lockKeys: ['lamps/desk'],
      preview: expect.objectContaining({ summary: 'Turns it on.' }),
      fingerprint: { on: false },
      output: { on: true },
      verification: { outcome: 'verified', summary: 'It is on.', metrics: [] },
      reconciledBefore: { state: 'not-done', reason: 'It is off.' },
      reconciledAfter: { state: 'done', output: { on: true } },
      lines: [{ level: 'progress', message: 'On', share: 1 }],
      memory: { asked: true },
    });
  });

  const flaws: Array<
    [
      string,
      (sound: RunbookAction, state: { on: boolean }) => Partial<RunbookAction>,
    ]
  > = [
    ['written <system>:<kebab-case>', () => ({ id: 'TurnOn' })],
    [
      'attributes contradict',
      () => ({
        attributes: { readOnly: true, destructive: true, idempotent: true },
      }),
    ],
    ['lockKeys is empty', () => ({ lockKeys: () => [] })],
    [
      'lockKeys is not the same',
      () => ({ lockKeys: () => [String(Math.random())] }),
    ],
    [
      'preflight refuses: not now',
      () => ({
        preflight: async () => ({ allowed: false, reason: 'not now' }),
      }),
    ],
    [
      'The fingerprint is not the same when it is previewed again',
      (sound, state) => ({
        preview: async context => {
          const previewed = await sound.preview(context);
          state.on = true;
          return previewed;
        },
      }),
    ],
    [
      'The fingerprint is not plain JSON',
      sound => ({
        preview: async context => ({
          ...(await sound.preview(context)),
          fingerprint: { at: Number.NaN },
        }),
      }),
    ],
    [
      'more than 20 samples',
      sound => ({
        preview: async context => {
          const { content, fingerprint } = await sound.preview(context);
          const rows = Array.from({ length: 21 }, () => ['x']);
          return {
            content: {
              ...content,
              samples: { columns: ['a'], rows, total: 21 },
            },
            fingerprint,
          };
        },
      }),
    ],
    [
      'although its signal was aborted',
      () => ({ execute: async () => ({ on: true }) }),
    ],
    [
      'done before anything was done',
      () => ({
        reconcile: async () => ({ state: 'done', output: { on: true } }),
      }),
    ],
    [
      'The output does not fit',
      sound => ({
        execute: async context => {
          await sound.execute(context);
          return { on: 'yes' };
        },
      }),
    ],
    [
      'Progress is 100',
      sound => ({
        execute: async context => {
          context.log.progress(100, 'done');
          return sound.execute(context);
        },
      }),
    ],
    [
      'not plain JSON',
      sound => ({
        execute: async context => {
          context.signal.throwIfAborted();
          await context.remember({ at: Number.POSITIVE_INFINITY });
          return sound.execute(context);
        },
      }),
    ],
    [
      "reconcile tells 'not-done' after it was done: never",
      () => ({
        reconcile: async () => ({ state: 'not-done', reason: 'never' }),
      }),
    ],
  ];

  it.each(flaws)('finds the flaw: %s', async (message, flaw) => {
    const { state, action } = createSwitch();
    await expect(
      testRunbookAction({
        action: { ...action, ...flaw(action, state) },
        input: { lamp: 'desk' },
      }),
    ).rejects.toThrow(message);
  });

  it('says which field of the input does not fit', async () => {
    const { action } = createSwitch();
    const input = JSON.parse('{"lamp": 1}');
    await expect(testRunbookAction({ action, input })).rejects.toThrow('lamp');
  });

  it('lets an action say that nothing can tell afterwards', async () => {
    const { action } = createSwitch();
    const trial = await testRunbookAction({
      action: {
        ...action,
        reconcile: async () => ({ state: 'unknown', reason: 'no trace' }),
      },
      input: { lamp: 'desk' },
      canNotTell: true,
    });
    expect(trial.reconciledAfter.state).toBe('unknown');
  });
});
