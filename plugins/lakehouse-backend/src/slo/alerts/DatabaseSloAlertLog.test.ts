import type {
  SloCorrection,
  SloSilence,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { onEachSloDatabase } from '../__testUtils__/onEachSloDatabase';
import { DatabaseSloAlertLog } from './DatabaseSloAlertLog';

jest.setTimeout(60_000);

const correction = (overrides: Partial<SloCorrection> = {}): SloCorrection => ({
  id: 'c1',
  from: '2026-11-20T10:00:00.000Z',
  to: '2026-11-20T11:00:00.000Z',
  kind: 'maintenance',
  reason: 'Upgrade of the cluster',
  author: 'user:default/ada',
  createdAt: '2026-11-19T10:00:00.000Z',
  ...overrides,
});

const silence = (overrides: Partial<SloSilence> = {}): SloSilence => ({
  id: 's1',
  from: '2026-11-21T10:00:00.000Z',
  until: '2026-11-21T12:00:00.000Z',
  reason: 'Known, being worked on',
  author: 'user:default/ada',
  ...overrides,
});

onEachSloDatabase('DatabaseSloAlertLog', knex => {
  const at = (time: string) =>
    DatabaseSloAlertLog.create({ db: knex(), now: () => Date.parse(time) });
  const log = () => at('2026-11-21T11:00:00.000Z');

  it('keeps corrections, tells those that touch a range, and removes them', async () => {
    const all = correction({ objective: '0' });
    const later = correction({
      id: 'c2',
      kind: 'correction',
      from: '2026-11-20T11:00:00.000Z',
      to: '2026-11-20T12:00:00.000Z',
    });
    await log().addCorrection('a', all);
    await log().addCorrection('a', later);
    expect((await log().corrections(['a', 'b'])).get('a')).toEqual([
      later,
      all,
    ]);
    expect((await log().corrections(['b'])).get('b')).toEqual([]);
    const range = {
      from: '2026-11-20T11:00:00.000Z',
      to: '2026-11-20T12:00:00.000Z',
    };
    expect((await log().corrections(['a'], range)).get('a')).toEqual([later]);
    expect(await log().removeCorrection('b', 'c1')).toBe(false);
    expect(await log().removeCorrection('a', 'c1')).toBe(true);
    expect(await log().removeCorrection('a', 'c1')).toBe(false);
  });

  it('refuses times that are none', async () => {
    await expect(
      log().addCorrection('a', correction({ to: 'soon' })),
    ).rejects.toThrow(/'to' is 'soon'/);
    await expect(
      log().addCorrection('a', correction({ to: correction().from })),
    ).rejects.toThrow(/before it begins/);
    await expect(
      log().addSilence('a', silence({ until: silence().from })),
    ).rejects.toThrow(/before it begins/);
  });

  it('tells silences while they last, and ends them early', async () => {
    await log().addSilence('a', silence());
    expect((await log().silences(['a'])).get('a')).toEqual([silence()]);
    const before = at('2026-11-21T09:59:59.999Z');
    const after = at('2026-11-21T12:00:00.000Z');
    expect((await before.silences(['a'])).get('a')).toEqual([]);
    expect((await after.silences(['a'])).get('a')).toEqual([]);
    expect(await log().endSilence('b', 's1')).toBe(false);
    expect(await log().endSilence('a', 's1')).toBe(true);
    expect((await log().silences(['a'])).get('a')).toEqual([]);
    expect(await log().endSilence('a', 's1')).toBe(false);
  });

  it('keeps no more corrections of an SLO than are counted', async () => {
    await knex().batchInsert(
      'slo_corrections',
      Array.from({ length: 500 }, (_, n) => ({
        correction_id: `old-${n}`,
        slo_id: 'a',
        from_at: n,
        to_at: n + 1,
        kind: 'correction',
        reason: '',
        author: '',
        created_at: 0,
      })),
      50,
    );
    await expect(log().addCorrection('a', correction())).rejects.toThrow(
      /has 500 corrections/,
    );
  });
});
