import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  RunbookDefinition,
  RunbookEntityFilter,
  RunbookTrigger,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { matchesSlo } from './matchesSlo';
import type { SuggestionSubject } from './SuggestionSubject';

/** The nearer a reason is to what is wrong, the more it weighs. */
const WEIGHTS = {
  sloName: 16,
  condition: 8,
  indicator: 8,
  entity: 4,
  dependency: 2,
  system: 1,
} as const;

/** How well a runbook fits, and why. */
export interface Fit {
  readonly weight: number;
  /** One sentence. */
  readonly reason: string;
  /** The entity that its filter matches. */
  readonly entity?: Entity;
}

/** Undefined when nothing speaks for the runbook. */
export function fitOf(
  definition: RunbookDefinition,
  subject: SuggestionSubject,
): Fit | undefined {
  const byTrigger = definition.triggers
    .flatMap(trigger => fitOfTrigger(trigger, subject))
    .sort((a, b) => b.weight - a.weight)[0];
  // What helps with the entity at other times may be wrong for what is the matter now.
  if (subject.condition && !byTrigger) return undefined;
  const byEntity = fitOfEntity(definition, subject);
  const bySystem = fitOfSystem(definition, subject);
  const fits = [byTrigger, byEntity, bySystem].filter(fit => fit !== undefined);
  if (fits.length === 0) return undefined;
  return {
    weight: fits.reduce((sum, fit) => sum + fit.weight, 0),
    reason: fits[0].reason,
    entity: byEntity?.entity,
  };
}

function fitOfTrigger(
  trigger: RunbookTrigger,
  subject: SuggestionSubject,
): Fit[] {
  const { slo, condition } = trigger;
  if (slo && subject.slo && matchesSlo(slo, subject.slo)) {
    return [
      slo.name === undefined
        ? {
            weight: WEIGHTS.indicator,
            reason: `It is for SLOs on ${words(
              slo.indicator ?? '',
            )} whose alert fires.`,
          }
        : { weight: WEIGHTS.sloName, reason: `It is for the SLO ${slo.name}.` },
    ];
  }
  if (
    condition &&
    condition.system === subject.condition?.system &&
    condition.name === subject.condition.name
  ) {
    return [
      {
        weight: WEIGHTS.condition,
        reason: `It is for ${words(condition.name)} of ${condition.system}.`,
      },
    ];
  }
  return [];
}

function fitOfEntity(
  { appliesTo }: RunbookDefinition,
  { entity, dependencies }: SuggestionSubject,
): Fit | undefined {
  if (entity) {
    const filter = appliesTo.find(one => matches(one, entity));
    if (filter) {
      return {
        weight: WEIGHTS.entity,
        reason: `It is for ${describe(filter)} such as this one.`,
        entity,
      };
    }
  }
  for (const dependency of dependencies) {
    const filter = appliesTo.find(one => matches(one, dependency));
    if (filter) {
      return {
        weight: WEIGHTS.dependency,
        reason: `It is for ${describe(filter)} such as ${stringifyEntityRef(
          dependency,
        )}, which this depends on.`,
        entity: dependency,
      };
    }
  }
  return undefined;
}

function fitOfSystem(
  { target }: RunbookDefinition,
  { system, connection }: SuggestionSubject,
): Fit | undefined {
  if (system === undefined || target.system !== system) return undefined;
  // One that names its connection is for no other.
  const named = !target.connection.includes('${{');
  if (named && connection !== undefined && target.connection !== connection) {
    return undefined;
  }
  return { weight: WEIGHTS.system, reason: `It works on ${system}.` };
}

const typedSchema = z.object({ type: z.string() });

function matches(filter: RunbookEntityFilter, entity: Entity): boolean {
  const { kind, type, annotation } = filter;
  if (kind === undefined && type === undefined && annotation === undefined) {
    return false;
  }
  const own = typedSchema.safeParse(entity.spec).data?.type;
  return (
    (kind === undefined || same(kind, entity.kind)) &&
    (type === undefined || (own !== undefined && same(type, own))) &&
    (annotation === undefined ||
      Object.hasOwn(entity.metadata.annotations ?? {}, annotation))
  );
}

function describe({ kind, type, annotation }: RunbookEntityFilter): string {
  const plural =
    kind === undefined ? 'entities' : `${kind.toLocaleLowerCase('en-US')}s`;
  const what = type === undefined ? plural : `${plural} of the type ${type}`;
  return annotation === undefined ? what : `${what} with ${annotation}`;
}

function same(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en-US') === b.toLocaleLowerCase('en-US');
}

function words(id: string): string {
  return id.replaceAll('-', ' ');
}
