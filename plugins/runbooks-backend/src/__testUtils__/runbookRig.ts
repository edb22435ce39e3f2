import type { JsonObject } from '@backstage/types';
import type { Preview, Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  createRunbookAction,
  definitionHash,
  parseRunbookFile,
  type RunbookAction,
} from '@lakehouse-ops/plugin-runbooks-node';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { RunbookBook, RunbookVersion } from '../engine/ports';
import type { UserCredentials } from '../permissions/RunPermissions';
import { startEngine } from './engineHarness';
import { fakeAction, FakeWorld } from './fakeAction';

/** Starts runs. */
export const olivia = mockCredentials.user('user:default/olivia');
/** In group:default/owners. */
export const owen = mockCredentials.user('user:default/owen');
/** In group:default/owners too. */
export const oskar = mockCredentials.user('user:default/oskar');
/** In no group. */
export const alice = mockCredentials.user('user:default/alice');

const GROUPS: Record<string, string[]> = {
  'user:default/owen': ['group:default/owners'],
  'user:default/oskar': ['group:default/owners'],
  'user:default/olivia': ['group:default/owners'],
};

/** Reads a thing, and changes nothing. */
export function lookAction(world: FakeWorld): RunbookAction {
  return createRunbookAction({
    ...fakeAction(world, { id: 'fake:look' }),
    id: 'fake:look',
    title: 'Look',
    risk: 'low',
    attributes: { readOnly: true, destructive: false, idempotent: true },
    lockKeys: () => [],
    schema: {
      input: z.object({ name: z.string() }),
      output: z.object({ things: z.array(z.string()) }),
    },
    preview: async ({ input }) => ({
      content: {
        summary: `Looks at ${input.name}`,
        changes: [],
        untouched: [],
        warnings: [],
      },
      fingerprint: {},
    }),
    execute: async () => ({ things: ['a', 'b'] }),
    verify: async () => ({ outcome: 'verified', summary: 'ok', metrics: [] }),
    reconcile: async () => ({ state: 'not-done', reason: 'It only reads.' }),
  });
}

/** A version of a runbook file; throws what is wrong with it. */
export function versionOf(text: string): RunbookVersion {
  const { definition, problems } = parseRunbookFile({ text, source: 'test' });
  if (!definition) throw new Error(JSON.stringify(problems, undefined, 2));
  return { definition, hash: definitionHash(definition), source: 'test' };
}

/** Runbook files that tests can exchange. */
export class FakeBook implements RunbookBook {
  readonly #versions = new Map<string, RunbookVersion>();
  #newest = new Map<string, RunbookVersion>();

  put(text: string): void {
    const version = versionOf(text);
    this.#versions.set(version.hash, version);
    this.#newest.set(version.definition.name, version);
  }

  drop(name: string): void {
    this.#newest.delete(name);
  }

  list() {
    return [...this.#newest.values()];
  }

  find(name: string) {
    return this.#newest.get(name);
  }

  async getVersion(hash: string) {
    return this.#versions.get(hash);
  }

  problems() {
    return [];
  }
}

/** The text of a runbook file, with `spec` given in YAML that is indented by two. */
export function runbookText(spec: string, name = 'tidy'): string {
  return `apiVersion: lakehouse-ops.io/v1
kind: Runbook
metadata: {name: ${name}, title: Tidy up, description: Tidies things up.}
spec:
${
  /^ {2}risk:/m.test(spec) ? '' : '  risk: medium\n'
}  target: {system: fake, connection: main, kind: place, name: '\${{ parameters.name }}'}
  parameters:
    type: object
    required: [name]
    additionalProperties: false
    properties:
      name: {type: string, minLength: 1}
      names: {type: array, items: {type: string}}
      password: {type: string, secret: true}
      who: {type: string, default: '\${{ context.startedBy }}'}
${spec}`;
}

/** Two steps: a look, and a change. */
export const TWO_STEPS = `  steps:
    - id: look
      title: Look first
      check: fake:look
      input: {name: '\${{ parameters.name }}'}
      assert: size(output.things) > 0
      message: Nothing there.
    - id: change
      title: Change it
      action: fake:change-thing
      input: {name: '\${{ parameters.name }}'}
`;

/** An engine with a book of runbook files, people in groups, and a fake world. */
export async function startRig(options: {
  knex: Knex;
  texts?: string[];
  risk?: 'low' | 'medium' | 'high';
  config?: Parameters<typeof startEngine>[0]['config'];
  parts?: Parameters<typeof startEngine>[0]['parts'];
}) {
  const { knex, texts = [], risk, config, parts } = options;
  const world = new FakeWorld();
  const book = new FakeBook();
  for (const text of texts) book.put(text);
  const engine = await startEngine({
    knex,
    actions: [fakeAction(world, { risk }), lookAction(world)],
    config,
    parts: {
      book,
      ownership: {
        refsOf: async ({ principal }: UserCredentials) => [
          principal.userEntityRef,
          ...(GROUPS[principal.userEntityRef] ?? []),
        ],
      },
      ...parts,
    },
  });
  const preview = (
    parameters: JsonObject = { name: 'a' },
    runbookId = 'tidy',
    credentials = olivia,
  ): Promise<Preview> =>
    engine.previews.make({ runbookId, parameters, credentials });
  const start = (made: Preview, credentials = olivia): Promise<Run> =>
    engine.starter.start({
      previewId: made.id,
      previewHash: made.hash,
      idempotencyKey: `key-of-${made.id}`,
      credentials,
    });
  const say = (
    run: Run,
    decision: 'approved' | 'denied',
    credentials: UserCredentials,
    more: { previewHash?: string; comment?: string } = {},
  ): Promise<Run> =>
    engine.approvals.decide({
      runId: run.id,
      decision,
      previewHash: run.preview.hash,
      credentials,
      ...more,
    });
  const audit = async () =>
    (await engine.realStore.readAudit({ after: 0, limit: 1000 })).map(
      entry => entry.event,
    );
  return { ...engine, world, book, preview, start, say, audit };
}
