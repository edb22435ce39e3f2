import { mockServices } from '@backstage/backend-test-utils';
import type { Meter, ObservableCallback } from '@opentelemetry/api';
import express from 'express';
import request from 'supertest';
import { countIngest } from './countIngest';
import { OwnFigures } from './OwnFigures';

/** A meter that keeps what is recorded. */
function keepingMeter() {
  const recorded: Array<[name: string, value: number, attributes: object]> = [];
  const callbacks: ObservableCallback[] = [];
  const instrument = (name: string) => {
    const keep = (value: number, attributes: object) =>
      recorded.push([name, value, attributes]);
    return { add: keep, record: keep };
  };
  const meter = {
    createCounter: instrument,
    createHistogram: instrument,
    createObservableGauge: () => ({
      addCallback: (callback: ObservableCallback) => callbacks.push(callback),
    }),
  } as unknown as Meter;
  const observe = async () => {
    const observed: Array<[number, object]> = [];
    for (const callback of callbacks) {
      await callback({
        observe: (value: number, attributes: object = {}) => {
          observed.push([value, attributes]);
        },
      });
    }
    return observed;
  };
  return { meter, recorded, observe };
}

function setUp(openGaps = jest.fn()) {
  const { meter, recorded, observe } = keepingMeter();
  const logger = mockServices.logger.mock();
  const figures = OwnFigures.create({
    store: { openGaps },
    isKnown: connection => connection === 'analytics',
    logger,
    meter,
  });
  return { figures, recorded, observe, openGaps, logger };
}

describe('OwnFigures', () => {
  it('counts rounds, their time and what they recorded', () => {
    const { figures, recorded } = setUp();
    const round = { connection: 'cache', kind: 'cache' as const };
    figures.roundEnded({
      ...round,
      outcome: 'stored',
      seconds: 0.5,
      observations: 3,
    });
    figures.roundEnded({
      ...round,
      outcome: 'failed',
      seconds: 2,
      observations: 0,
    });
    expect(recorded).toEqual([
      ['lakehouse.collector.rounds', 1, { ...round, outcome: 'stored' }],
      ['lakehouse.collector.duration.seconds', 0.5, round],
      ['lakehouse.observations.recorded', 3, round],
      ['lakehouse.collector.rounds', 1, { ...round, outcome: 'failed' }],
      ['lakehouse.collector.duration.seconds', 2, round],
    ]);
  });

  it('tells open gaps by kind, never by the name of a table', async () => {
    const { observe, openGaps, logger } = setUp();
    const gap = (subject: string) => ({
      connection: 'analytics',
      subject,
      count: 1,
    });
    openGaps.mockResolvedValue([
      gap('table:a.b.c'),
      gap('table:a.b.d'),
      gap('cluster.memory'),
      { ...gap('cache'), connection: 'left-the-config' },
    ]);
    expect(await observe()).toEqual([
      [2, { connection: 'analytics', subject: 'table' }],
      [1, { connection: 'analytics', subject: 'cluster.memory' }],
    ]);
    openGaps.mockRejectedValue(new Error('select secret - database is locked'));
    expect(await observe()).toEqual([]);
    expect(JSON.stringify(logger.debug.mock.calls)).not.toContain('secret');
  });
});

describe('countIngest', () => {
  it('counts what is pushed by its answer, without names that senders make up', async () => {
    const { figures, recorded } = setUp();
    const app = express();
    app.use(
      countIngest({ figures, isKnown: connection => connection === 'cache' }),
    );
    app.post('/ingest/cache/cache', (_, res) => {
      res.status(204).end();
    });
    for (const path of [
      '/ingest/cache/cache',
      '/ingest/trino/made-up',
      '/ingest/else/cache',
      '/redis/cache',
    ]) {
      await request(app).post(path);
    }
    expect(recorded).toEqual([
      [
        'lakehouse.ingest.requests',
        1,
        {
          source: 'cache',
          connection: 'cache',
          outcome: 'accepted',
          status: 204,
        },
      ],
      [
        'lakehouse.ingest.requests',
        1,
        {
          source: 'trino',
          connection: 'unknown',
          outcome: 'refused',
          status: 404,
        },
      ],
    ]);
  });
});
