import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  parseRunbookFile,
  type RunbookActionFacts,
} from '@lakehouse-ops/plugin-runbooks-node';
import { NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { createLakehouseActions } from '../actions/createLakehouseActions';
import { readShippedRunbooks } from './readShippedRunbooks';

const nothing = {
  list: () => [],
  get: (id: string): never => {
    throw new NotFoundError(`There is no '${id}'`);
  },
};

const actions: ReadonlyMap<string, RunbookActionFacts> = new Map(
  createLakehouseActions({
    gateway: nothing,
    kubernetes: nothing,
    prometheus: nothing,
    redis: nothing,
    superset: nothing,
    trino: nothing,
    httpEndpoints: new Map(),
    tableChanged: () => {},
    connectionChanged: () => {},
  }).map(({ id, attributes, risk, schema }) => [
    id,
    {
      ...attributes,
      risk,
      inputSchema: JSON.parse(
        JSON.stringify(
          z.toJSONSchema(schema.input, { io: 'input', target: 'draft-7' }),
        ),
      ),
    },
  ]),
);

const NAMES = [
  'cache-eviction-pressure',
  'cache-stampede',
  'latency-regression',
  'query-queue-saturated',
  'superset-alert-stuck',
  'superset-cache-stale',
  'table-small-files',
  'table-snapshot-bloat',
  'table-stale-statistics',
  'trino-coordinator-down',
  'trino-high-failure-rate',
  'trino-memory-pressure',
  'trino-worker-lost',
];

describe('the shipped runbooks', () => {
  it('are these', async () => {
    const files = await readShippedRunbooks();
    const definitions = files.map(
      ({ name, text }) => parseRunbookFile({ text, source: name }).definition,
    );
    expect(definitions.map(definition => definition?.name)).toEqual(NAMES);
  });

  it.each(NAMES)('%s has nothing to complain of', async name => {
    const files = await readShippedRunbooks();
    const file = files.find(each => each.name.endsWith(`/${name}.yaml`));
    const { problems, definition } = parseRunbookFile({
      text: file?.text ?? '',
      source: name,
      actions,
    });
    expect(problems).toEqual([]);
    expect(definition?.docs).toContain('**When.**');
    expect(definition?.steps.at(0)?.kind).toBe('check');
    expect(definition?.steps.some(({ kind }) => kind === 'verify')).toBe(true);
    expect(definition?.onFailure).not.toEqual([]);
  });

  it('have somebody else agree to what can do the most harm', async () => {
    const files = await readShippedRunbooks();
    const definitions = files.flatMap(
      ({ name, text }) =>
        parseRunbookFile({ text, source: name }).definition ?? [],
    );
    expect(
      definitions
        .filter(({ approval }) => approval)
        .map(({ name, risk, approval }) => [name, risk, approval?.count]),
    ).toEqual([
      ['cache-stampede', 'high', 1],
      ['table-snapshot-bloat', 'high', 1],
      ['trino-coordinator-down', 'high', 1],
    ]);
  });

  it('and the actions stand in the README with their risk', async () => {
    const readme = await readFile(join(__dirname, '../../README.md'), 'utf8');
    const rows = readme
      .split('\n')
      .filter(line => line.startsWith('| `'))
      .map(line =>
        line
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      );
    const told = rows.map(cells =>
      cells.length === 4 ? [cells[0], cells[2]] : cells,
    );
    const ofActions = [...actions].map(([id, { readOnly, risk }]) => [
      `\`${id}\``,
      readOnly ? 'reads' : risk,
    ]);
    const files = await readShippedRunbooks();
    const ofRunbooks = files
      .flatMap(
        ({ name, text }) =>
          parseRunbookFile({ text, source: name }).definition ?? [],
      )
      .map(({ name, risk, triggers }) => [
        `\`${name}\``,
        risk,
        triggers
          .flatMap(({ slo, condition }) =>
            [slo?.indicator, condition?.name].flatMap(each => each ?? []),
          )
          .map(each => `\`${each}\``)
          .join(', '),
      ]);
    expect(told.sort()).toEqual([...ofActions, ...ofRunbooks].sort());
  });
});
