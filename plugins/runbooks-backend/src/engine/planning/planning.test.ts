import { TestDatabases } from '@backstage/backend-test-utils';
import {
  runbookText,
  startRig,
  TWO_STEPS,
} from '../../__testUtils__/runbookRig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function setup(spec: string, options: { risk?: 'high' } = {}) {
  const knex = await databases.init('SQLITE_3');
  return startRig({ knex, texts: [runbookText(spec)], ...options });
}

describe('a preview of a runbook file', () => {
  it('looks at what is known, and tells what it would do as a whole', async () => {
    const { preview, book } = await setup(TWO_STEPS);
    const made = await preview();
    expect(made).toMatchObject({
      runbookId: 'tidy',
      risk: 'medium',
      target: { system: 'fake', connection: 'main', kind: 'place', name: 'a' },
      parameters: { name: 'a', who: 'user:default/olivia' },
      execute: { allowed: true },
      definitionHash: book.find('tidy')?.hash,
      content: {
        summary: 'Tidy up on place a of main: Changes a.',
        changes: [{ label: 'Version', before: 1, after: 2, unit: 'count' }],
      },
    });
    expect(made.approval).toBeUndefined();
    expect(made.steps).toEqual([
      expect.objectContaining({
        id: 'look',
        kind: 'check',
        known: 'now',
        risk: 'low',
        content: expect.objectContaining({ summary: 'Looks at a' }),
      }),
      expect.objectContaining({
        id: 'change',
        kind: 'action',
        known: 'now',
        actionId: 'fake:change-thing',
        content: expect.objectContaining({ summary: 'Changes a' }),
      }),
    ]);
  });

  it('names the steps that a later one waits for, and what is skipped', async () => {
    const { preview, world } = await setup(`${TWO_STEPS}
    - id: rest
      title: The rest
      action: fake:change-thing
      input: {name: x}
      foreach: {in: steps.look.output.things}
    - id: never
      title: Never
      if: parameters.name == 'b'
      action: fake:change-thing
      input: {name: y}
    - id: again
      title: Again
      action: fake:change-thing
      input: {name: a}
    - id: run
      title: With the run
      action: fake:change-thing
      input: {name: '\${{ context.runId }}'}
    - id: tell
      title: Tell
      manual: 'Tell them of \${{ parameters.name }}.'
    - id: proof
      title: Proof
      verify: fake:look
      input: {name: a}
      assert: size(output.things) > 1
      metrics: [{label: Things, value: size(output.things), unit: count, better: higher}]
      within: 5m
      every: 10s`);
    const { steps, content } = await preview();
    const known = Object.fromEntries(
      (steps ?? []).map(step => [step.id, [step.known, step.note]]),
    );
    expect(known).toEqual({
      look: ['now', undefined],
      change: ['now', undefined],
      rest: [
        'later',
        'It depends on what look will find, and is previewed when it is reached.',
      ],
      never: ['skipped', "Its condition `parameters.name == 'b'` is not met."],
      again: [
        'later',
        'thing a of main is changed by change before; it is previewed when it is reached.',
      ],
      run: [
        'later',
        'It needs the id of the run, and is previewed when it is reached.',
      ],
      tell: ['now', 'A person does this: Tell them of a.'],
      proof: [
        'later',
        'Reads for up to 5 min until size(output.things) > 1, and shows Things before and after.',
      ],
    });
    expect(content.summary).toBe(
      'Tidy up on place a of main: Changes a; 3 steps are previewed when they are reached.',
    );
    expect(world.previews).toBe(1);
  });

  it('says which check would stop the run as it is now, and asks none that comes after a change', async () => {
    const check = (id: string, assert: string) => `    - id: ${id}
      title: Check ${id}
      check: fake:look
      input: {name: a}
      assert: ${assert}
      message: 'There are ${'${{ size(output.things) }}'} things on ${'${{ parameters.password }}'}.'
`;
    const steps = TWO_STEPS.replace('  steps:\n', '');
    const { preview, start, ended } = await setup(
      `  steps:\n${check('well', 'size(output.things) > 1')}${check(
        'ill',
        'size(output.things) > 2',
      )}${steps}\n${check('after', 'size(output.things) > 2')}`,
    );
    const made = await preview({ name: 'a', password: 'hunter2' });
    const stops =
      'As it is now, the run would stop here: There are 2 things on <secret>.';
    expect(made.content.warnings).toEqual([`Check ill: ${stops}`]);
    expect(made.steps?.map(step => step.note)).toEqual([
      undefined,
      stops,
      undefined,
      undefined,
      expect.stringContaining('is previewed when it is reached'),
    ]);
    expect((await ended((await start(made)).id)).error?.message).toBe(
      'There are 2 things on <secret>.',
    );
  });

  it('says that a step of high risk which it can not show is approved by itself', async () => {
    const { preview } = await setup(
      `  risk: high\n  approval: {count: 1}\n${TWO_STEPS}
    - id: rest
      title: The rest
      action: fake:change-thing
      input: {name: '\${{ steps.look.output.things[0] }}'}`,
      { risk: 'high' },
    );
    const { content, steps } = await preview();
    const asked =
      'It is of high risk, and can be shown only when it is reached: the run waits then until it is approved a second time.';
    expect(content.warnings).toEqual([`The rest: ${asked}`]);
    expect(steps?.map(step => step.note)).toEqual([
      undefined,
      undefined,
      `It depends on what look will find, and is previewed when it is reached. ${asked}`,
    ]);
  });

  it('previews each entry of a list of parameters, up to the limit', async () => {
    const { preview } = await setup(`  steps:
    - id: each
      title: Each
      action: fake:change-thing
      input: {name: '\${{ item }}'}
      foreach: {in: parameters.names, maxItems: 3}`);
    const made = await preview({ name: 'a', names: ['x', 'y'] });
    expect(
      made.steps?.map(step => [step.id, step.title, step.target?.name]),
    ).toEqual([
      ['each#0', 'Each: x', 'x'],
      ['each#1', 'Each: y', 'y'],
    ]);
    expect(made.content.changes.map(change => change.label)).toEqual([
      'Each: x: Version',
      'Each: y: Version',
    ]);
    await expect(
      preview({ name: 'a', names: ['1', '2', '3', '4'] }),
    ).rejects.toThrow(
      "Step each can't be planned (foreach.in): It would be done for 4 entries, and maxItems is 3. Choose fewer.",
    );
  });

  it.each([
    [{}, 'name: is missing'],
    [{ name: '' }, 'name: must NOT have fewer than 1 characters'],
    [{ name: 'a', names: [1] }, 'names.0: must be string'],
    [{ name: 'a', approved: true }, 'approved: is not known'],
  ])('names the field that is wrong: %j', async (parameters, said) => {
    const { preview } = await setup(TWO_STEPS);
    await expect(preview(parameters)).rejects.toThrow(said);
  });

  it('leaves what is aimed at prototypes behind', async () => {
    const { preview } = await setup(TWO_STEPS);
    const made = await preview(
      JSON.parse('{"name":"a","__proto__":{"names":["x"],"polluted":true}}'),
    );
    expect(Object.keys(made.parameters)).toEqual(['name', 'who']);
    expect(made.parameters.names).toBeUndefined();
    expect({}).not.toHaveProperty('polluted');
  });

  it('fills in no expression that came as a parameter', async () => {
    const { preview } = await setup(TWO_STEPS);
    const made = await preview({ name: '${{ context.startedBy }}' });
    expect(made.target.name).toBe('${{ context.startedBy }}');
    expect(made.steps?.[1].target?.name).toBe('${{ context.startedBy }}');
  });

  it('names the step whose target can not be looked at', async () => {
    const { preview, world } = await setup(TWO_STEPS);
    world.preview = async () => {
      throw new Error('It is gone.');
    };
    await expect(preview()).rejects.toThrow(
      "Step change (Change it) can't be previewed; caused by Error: It is gone.",
    );
  });

  it('refuses a step that is riskier than its file says', async () => {
    const { preview } = await setup(`  risk: medium\n${TWO_STEPS}`, {
      risk: 'high',
    });
    await expect(preview()).rejects.toThrow(
      'Step change of tidy calls fake:change-thing of risk high, and the runbook says medium.',
    );
  });

  it('asks for approval of high risk, whether the file says so or not', async () => {
    const { preview } = await setup(`  risk: high\n${TWO_STEPS}`);
    expect((await preview()).approval).toMatchObject({ groups: [], count: 1 });
  });

  it('shows and keeps no secrets', async () => {
    const { preview, start, ended, world, realStore } = await setup(`  steps:
    - id: change
      title: 'Change it'
      action: fake:change-thing
      input: {name: a, password: '\${{ parameters.password }}', note: 'with \${{ parameters.password }}'}`);
    let seen: string | undefined;
    world.execute = async ({ input }) => {
      seen = JSON.stringify(input);
      return { done: true };
    };
    const made = await preview({ name: 'a', password: 'hunter2' });
    const run = await ended((await start(made)).id);
    expect(run.state).toBe('succeeded');
    expect(seen).toContain('hunter2');
    const kept = [
      made,
      run,
      await realStore.getPreview(made.id),
      await realStore.getRun(run.id),
      await realStore.getStepRecords(run.id),
      await realStore.readAudit({ after: 0, limit: 100 }),
    ];
    expect(JSON.stringify(kept)).not.toContain('hunter2');
    expect(made.parameters.password).toBe('<secret>');
  });

  it('binds the version of the file, the parameters and what was seen', async () => {
    const { preview, book, world } = await setup(TWO_STEPS);
    const { hash } = await preview();
    expect((await preview()).hash).toBe(hash);
    expect((await preview({ name: 'b' })).hash).not.toBe(hash);
    world.version = 2;
    expect((await preview()).hash).not.toBe(hash);
    world.version = 1;
    book.put(runbookText(TWO_STEPS.replace('Change it', 'Change it well')));
    expect((await preview()).hash).not.toBe(hash);
  });

  it('walks what it showed', async () => {
    const { preview, start, ended, world } = await setup(TWO_STEPS);
    const run = await ended((await start(await preview())).id);
    expect(run.error).toBeUndefined();
    expect(run.state).toBe('succeeded');
    expect(world.executions).toBe(1);
    expect(run.steps.map(step => step.id)).toEqual([
      'look/check',
      'change/check',
      'change/execute',
      'change/verify',
    ]);
  });

  it('refuses to start when the file was changed or deleted since', async () => {
    const { preview, start, book } = await setup(TWO_STEPS);
    const made = await preview();
    book.put(runbookText(TWO_STEPS.replace('Look first', 'Look')));
    await expect(start(made)).rejects.toThrow(
      'The runbook tidy was changed after this preview was made.',
    );
    book.drop('tidy');
    await expect(start(made)).rejects.toThrow("There is no runbook 'tidy'");
  });
});
