import {
  isFinalRunState,
  type Run,
  type RunEvent,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { Failure } from '../failures/describeFailure';

/** The most lines that are kept; older ones are dropped from the page. */
export const MAX_EVENTS_KEPT = 5_000;
/** The backend's page size: a full page means that there is more. */
const EVENTS_PER_PAGE = 500;

/**
 * How the log is being followed.
 *
 * @public
 */
export type RunEventsConnection =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  | 'ended'
  | 'failed';

/**
 * A run and its log as far as they are known.
 *
 * @public
 */
export interface RunEventsState {
  readonly run?: Run;
  /** In order of `sequence`, without doubles. */
  readonly events: readonly RunEvent[];
  /** How many early lines were dropped to keep the page light. */
  readonly droppedEvents: number;
  readonly connection: RunEventsConnection;
  /** Why it reconnects, or why it gave up. */
  readonly failure?: Failure;
  /** 0 to 1; `undefined` until the run tells. */
  readonly progress?: number;
}

export type RunEventsAction =
  | { type: 'start'; run?: Run }
  | { type: 'received'; run: Run; items: readonly RunEvent[] }
  | { type: 'interrupted'; failure: Failure }
  | { type: 'failed'; failure: Failure };

export const initialRunEvents: RunEventsState = {
  events: [],
  droppedEvents: 0,
  connection: 'connecting',
};

/** The last sequence number that was seen: where to go on after a break. */
export function lastSequence(state: RunEventsState): number {
  return state.events[state.events.length - 1]?.sequence ?? 0;
}

/** Folds what the backend tells about a run into what is shown. */
export function runEventsReducer(
  state: RunEventsState,
  action: RunEventsAction,
): RunEventsState {
  switch (action.type) {
    case 'start':
      return { ...initialRunEvents, run: action.run };
    case 'received': {
      const after = lastSequence(state);
      const fresh = action.items.filter(({ sequence }) => sequence > after);
      const all = fresh.length ? [...state.events, ...fresh] : state.events;
      const excess = Math.max(0, all.length - MAX_EVENTS_KEPT);
      const told = fresh.filter(({ progress }) => progress !== undefined);
      const ended =
        isFinalRunState(action.run.state) &&
        action.items.length < EVENTS_PER_PAGE;
      return {
        run: action.run,
        events: excess ? all.slice(excess) : all,
        droppedEvents: state.droppedEvents + excess,
        connection: ended ? 'ended' : 'live',
        progress: told[told.length - 1]?.progress ?? state.progress,
      };
    }
    case 'interrupted':
      return {
        ...state,
        connection: 'reconnecting',
        failure: action.failure,
      };
    default:
      return {
        ...state,
        connection: 'failed',
        failure: action.failure,
      };
  }
}
