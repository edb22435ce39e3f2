import type { JsonObject } from '@backstage/types';
import {
  definitionHash,
  parseRunbookFile,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { RunbookDefinition } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import type { RunbookVersion } from '../engine/ports';
import { alice, bob, startEngine } from './engineHarness';
import { type Lake, lakeActions } from './lake';

/** A book of runbook files that a test can change. */
export class TestBook {
  readonly versions = new Map<string, RunbookVersion>();
  readonly #newest = new Map<string, RunbookVersion>();

  /** Adds a file, or a newer version of it. */
  add(text: string): RunbookVersion {
    const { definition: read, problems } = parseRunbookFile({
      text,
      source: 'test.yaml',
    });
    if (!read) throw new Error(JSON.stringify(problems, undefined, 2));
    const definition = hastened(read);
    const version = {
      definition,
      hash: definitionHash(definition),
      source: 'test.yaml',
    };
    this.versions.set(version.hash, version);
    this.#newest.set(definition.name, version);
    return version;
  }

  remove(name: string): void {
    this.#newest.delete(name);
  }

  list = () => [...this.#newest.values()];
  find = (name: string) => this.#newest.get(name);
  getVersion = async (hash: string) => this.versions.get(hash);
  problems = () => [];
}

/** As a file of which each second lasts 20 ms, so that tests need not wait for the shortest that files may say. */
function hastened(definition: RunbookDefinition): RunbookDefinition {
  return JSON.parse(JSON.stringify(definition), (key, value) =>
    key.endsWith('Ms') ? value / 50 : value,
  );
}

/** A runbook file of a test: only what differs from the plainest one has to be told. */
export function runbook(spec: {
  name?: string;
  risk?: 'low' | 'medium' | 'high';
  parameters?: JsonObject;
  approval?: JsonObject;
  steps: JsonObject[];
  onFailure?: JsonObject[];
  finally?: JsonObject[];
}): string {
  const { name = 'test', risk = 'medium', parameters, ...rest } = spec;
  const titled = (steps: JsonObject[] | undefined) =>
    steps?.map(step => ({ title: `Step ${step.id}`, ...step }));
  return JSON.stringify({
    apiVersion: 'lakehouse-ops.io/v1',
    kind: 'Runbook',
    metadata: { name, title: 'Test', description: 'Tests.' },
    spec: {
      ...rest,
      risk,
      parameters: {
        type: 'object',
        properties: { name: { type: 'string' }, ...parameters },
      },
      target: {
        system: 'lake',
        connection: 'main',
        kind: 'thing',
        name: '${{ parameters.name }}',
      },
      steps: titled(rest.steps),
      onFailure: titled(rest.onFailure),
      finally: titled(rest.finally),
    },
  });
}

/** An engine with a {@link Lake} and a {@link TestBook}, and a hand to walk with. */
export async function startWalk(options: {
  knex: Knex;
  lake: Lake;
  book: TestBook;
  config?: Parameters<typeof startEngine>[0]['config'];
  parts?: Parameters<typeof startEngine>[0]['parts'];
  wrapStore?: Parameters<typeof startEngine>[0]['wrapStore'];
}) {
  const { lake, book, parts, ...rest } = options;
  const engine = await startEngine({
    ...rest,
    actions: lakeActions(lake),
    parts: { book, ...parts },
  });

  /** Previews and starts as alice. */
  async function go(parameters: JsonObject = { name: 'a' }, name = 'test') {
    const made = await engine.previews.make({
      runbookId: name,
      parameters,
      credentials: alice,
    });
    return engine.start(made);
  }

  return {
    ...engine,
    go,
    /** Previews, starts, and waits for the end. */
    walk: async (parameters?: JsonObject) =>
      engine.ended((await go(parameters)).id),
    waits: (id: string) => engine.until(id, run => run.state === 'waiting'),
    /** Says something to a run as bob, straight into the store. */
    say: {
      approve: async (
        id: string,
        decision: 'approved' | 'denied' = 'approved',
        by = bob,
      ) => {
        const { run } = (await engine.realStore.getRun(id)) ?? {};
        const waiting = run?.waitingFor;
        if (waiting?.kind !== 'approval') throw new Error(run?.state);
        await engine.responses.approve({
          approval: {
            runId: id,
            stepId: waiting.stepId,
            decision,
            by: by.principal.userEntityRef,
            comment: decision === 'denied' ? 'Not today.' : undefined,
            previewHash: waiting.previewHash,
          },
          audit: { actor: 'bob', event: 'approved', runId: id, detail: {} },
        });
        engine.worker.wake();
      },
      answer: async (id: string, stepId: string, answer: JsonObject) => {
        await engine.responses.answerStep({
          runId: id,
          stepId,
          answer,
          by: bob.principal.userEntityRef,
          audit: { actor: 'bob', event: 'answered', runId: id, detail: {} },
        });
        engine.worker.wake();
      },
      decide: async (
        id: string,
        stepId: string,
        outcome: 'done' | 'not-done' | 'stop',
      ) => {
        await engine.responses.decide({
          runId: id,
          stepId,
          by: bob.principal.userEntityRef,
          decision: { outcome, comment: 'I looked.' },
          audit: { actor: 'bob', event: 'decided', runId: id, detail: {} },
        });
        engine.worker.wake();
      },
    },
  };
}
