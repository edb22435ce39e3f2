import { anEvent, aRun } from '../testUtils';
import {
  initialRunEvents,
  lastSequence,
  MAX_EVENTS_KEPT,
  runEventsReducer,
} from './runEventsReducer';

const received = (items: ReturnType<typeof anEvent>[], run = aRun()) => ({
  type: 'received' as const,
  run,
  items,
});

describe('runEventsReducer', () => {
  it('appends in order and drops what it has seen', () => {
    const first = runEventsReducer(
      initialRunEvents,
      received([anEvent(1, 'a'), anEvent(2, 'b')]),
    );
    const second = runEventsReducer(
      first,
      received([anEvent(2, 'b'), anEvent(3, 'c')]),
    );
    expect(second.events.map(({ message }) => message)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(lastSequence(second)).toBe(3);
    expect(second.connection).toBe('live');
  });

  it('keeps the log through an interruption and forgets its reason', () => {
    const one = runEventsReducer(initialRunEvents, received([anEvent(1, 'a')]));
    const broken = runEventsReducer(one, {
      type: 'interrupted',
      failure: { kind: 'unreachable', message: 'no network' },
    });
    expect(broken).toMatchObject({
      connection: 'reconnecting',
      failure: { message: 'no network' },
    });
    expect(broken.events).toHaveLength(1);
    const again = runEventsReducer(broken, received([]));
    expect(again.connection).toBe('live');
    expect(again.failure).toBeUndefined();
  });

  it('takes the newest progress', () => {
    const state = runEventsReducer(
      initialRunEvents,
      received([
        { ...anEvent(1, 'a'), progress: 0.2 },
        { ...anEvent(2, 'b'), progress: 0.5 },
        anEvent(3, 'c'),
      ]),
    );
    expect(state.progress).toBe(0.5);
    expect(runEventsReducer(state, received([])).progress).toBe(0.5);
  });

  it('ends only when the last page of a finished run is read', () => {
    const done = aRun({ state: 'succeeded' });
    const full = Array.from({ length: 500 }, (_, n) => anEvent(n + 1, 'x'));
    const more = runEventsReducer(initialRunEvents, received(full, done));
    expect(more.connection).toBe('live');
    expect(runEventsReducer(more, received([], done)).connection).toBe('ended');
  });

  it('keeps a bounded number of lines and counts the others', () => {
    let state = initialRunEvents;
    for (let page = 0; page < 11; page += 1) {
      state = runEventsReducer(
        state,
        received(
          Array.from({ length: 500 }, (_, n) =>
            anEvent(page * 500 + n + 1, 'x'),
          ),
        ),
      );
    }
    expect(state.events).toHaveLength(MAX_EVENTS_KEPT);
    expect(state.droppedEvents).toBe(500);
    expect(lastSequence(state)).toBe(5_500);
  });
});
