import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { countItems, groupRunSteps, joinStates } from './groupRunSteps';

const phase = (
  id: string,
  state: RunStep['state'],
  part: Partial<RunStep> = {},
): RunStep => ({
  id,
  title: `phase ${id}`,
  state,
  stepId: id.split(/[/#]/)[0],
  section: 'steps',
  ...part,
});

const item = (index: number, state: RunStep['state']) =>
  phase(`flush#${index}/execute`, state, {
    kind: 'execute',
    item: { index, label: `prefix ${index}` },
  });

describe('groupRunSteps', () => {
  it('leaves the phases of a single action each by itself', () => {
    const steps = ['check', 'execute', 'verify'].map(id =>
      phase(id, 'succeeded', { stepId: undefined, section: undefined }),
    );
    const [section, ...others] = groupRunSteps(steps);
    expect(others).toEqual([]);
    expect(section.groups.map(({ title }) => title)).toEqual([
      'phase check',
      'phase execute',
      'phase verify',
    ]);
  });

  it('puts phases together under the title that the preview has for the step', () => {
    const [section] = groupRunSteps(
      [
        phase('flush/check', 'succeeded', { kind: 'check' }),
        phase('flush/execute', 'running', { kind: 'execute' }),
        phase('flush/verify', 'pending', { kind: 'verify' }),
        phase('proof/verify', 'pending', { kind: 'verify' }),
      ],
      [
        {
          id: 'flush',
          title: 'Flush the prefix',
          kind: 'action',
          section: 'steps',
          known: 'now',
        },
      ],
    );
    expect(section.groups).toHaveLength(2);
    expect(section.groups[0]).toMatchObject({
      title: 'Flush the prefix',
      state: 'running',
    });
    expect(section.groups[0].phases).toHaveLength(3);
    expect(section.groups[1]).toMatchObject({
      title: 'phase proof/verify',
      state: 'pending',
    });
  });

  it('keeps items apart, in their order, and counts them', () => {
    const steps = [
      item(2, 'running'),
      item(0, 'succeeded'),
      item(1, 'failed'),
      item(10, 'pending'),
    ];
    const [{ groups }] = groupRunSteps(steps);
    expect(groups[0].items.map(({ index }) => index)).toEqual([0, 1, 2, 10]);
    expect(groups[0].state).toBe('running');
    expect(countItems(groups[0].items)).toBe('1 of 4 done, 1 failed');
  });

  it('says that a step has failed once none of its items goes on', () => {
    const [{ groups }] = groupRunSteps([
      item(0, 'succeeded'),
      item(1, 'failed'),
      item(2, 'skipped'),
    ]);
    expect(groups[0].state).toBe('failed');
    expect(countItems(groups[0].items)).toBe(
      '1 of 3 done, 1 failed, 1 not begun',
    );
  });

  it('tells sections in which nothing happened from those that ran', () => {
    const sections = groupRunSteps([
      phase('flush/execute', 'failed'),
      phase('undo/execute', 'succeeded', { section: 'onFailure' }),
      phase('tell/manual', 'pending', { section: 'finally' }),
    ]);
    expect(
      sections.map(({ section, untouched }) => [section, untouched]),
    ).toEqual([
      ['steps', false],
      ['onFailure', false],
      ['finally', true],
    ]);
  });
});

describe('joinStates', () => {
  it.each<[ReadonlyArray<RunStep['state']>, RunStep['state']]>([
    [['succeeded', 'succeeded'], 'succeeded'],
    [['succeeded', 'pending'], 'running'],
    [['pending', 'pending'], 'pending'],
    [['skipped', 'skipped'], 'skipped'],
    [['succeeded', 'skipped'], 'succeeded'],
    [['succeeded', 'failed', 'skipped'], 'failed'],
    [['succeeded', 'waiting', 'pending'], 'waiting'],
    [['succeeded', 'outcome-unknown', 'pending'], 'outcome-unknown'],
  ])('%j is %s', (states, expected) => {
    expect(joinStates(states)).toBe(expected);
  });
});
