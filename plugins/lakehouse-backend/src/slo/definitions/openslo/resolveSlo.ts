import {
  canFire,
  type SloAlertPolicy,
  type SloDefinition,
  type SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ParsedSlo, SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import {
  BUDGET_POLICY,
  checkAnnotations,
  ENTITY,
  readBudgetPolicy,
  readEntityRef,
  readRunbooks,
  RUNBOOKS,
} from './annotations';
import type { Metadata } from './metadata';
import type { ObjectLookup, PlacedObject } from './OpenSloIndex';
import type { OpenSloOf } from './OpenSloObject';
import { resolveAlertPolicy } from './resolveAlertPolicy';
import { resolveObjectives } from './resolveObjectives';
import { resolveSli, ResolvedSli } from './resolveSli';
import { resolveWindow } from './resolveWindow';
import type { AlertPolicyEntry } from './sloSchemas';

const DEFAULT_RETENTION_DAYS = 400;

/** Turns an SLO into the definitions that it stands for; tells what keeps it from that. */
export function resolveSlo(options: {
  slo: PlacedObject<OpenSloOf<'SLO'>>;
  lookup: ObjectLookup;
  context: SloParseContext;
}): ParsedSlo[] {
  const { slo, lookup, context } = options;
  const { metadata, spec } = slo.object;
  const { spot } = slo;
  checkAnnotations(metadata, spot, [BUDGET_POLICY, RUNBOOKS, ENTITY]);
  const budgetPolicy = readBudgetPolicy(metadata, spot);
  const runbooks = readRunbooks(metadata, spot);
  const entityRef = readEntityRef(metadata, spot, {
    allowed: context.mayNameEntities ?? false,
  });
  const window = resolveWindow({
    window: spec.timeWindow?.[0],
    spot: spec.timeWindow ? spot.at('spec', 'timeWindow', 0) : spot.at('spec'),
    retentionDays: context.retentionDays ?? DEFAULT_RETENTION_DAYS,
  });
  const objectives = resolveObjectives({
    spec,
    spot: spot.at('spec'),
    windowMs: window?.lengthMs,
    sliOf: (holder, at) => sliOf({ holder, at, lookup, context }),
  });
  const alertPolicies = policiesOf({
    entries: spec.alertPolicies ?? [],
    spot,
    lookup,
    context,
  });
  if (!window || !objectives || spot.hasErrors) return [];

  const parts = objectives.composite
    ? [objectives.objectives]
    : objectives.objectives.map(objective => [{ ...objective, key: '0' }]);
  for (const part of parts) {
    checkAlerts({
      policies: alertPolicies,
      objectives: part,
      windowMs: window.lengthMs,
      spot: spot.at('spec', 'alertPolicies'),
    });
  }
  return parts.map((part, index) => {
    const several = parts.length > 1;
    const { displayName } = part[0];
    const title = several
      ? [metadata.displayName ?? metadata.name, displayName]
          .filter(Boolean)
          .join(', ')
      : metadata.displayName;
    const definition: SloDefinition = {
      name: several ? `${metadata.name}-${index + 1}` : metadata.name,
      ...(title && { displayName: title }),
      ...(spec.description && { description: spec.description }),
      service: spec.service,
      labels: labelsOf(metadata),
      window: window.window,
      method: spec.budgetingMethod,
      objectives: part,
      alertPolicies,
      budgetPolicy,
      runbooks,
    };
    return { definition, line: spot.line, entityRef };
  });
}

/** The SLI that an SLO or an objective has, in place or by name. */
function sliOf(options: {
  holder: {
    indicator?: { metadata: Metadata; spec: OpenSloOf<'SLI'>['spec'] };
    indicatorRef?: string;
  };
  at: Spot;
  lookup: ObjectLookup;
  context: SloParseContext;
}): ResolvedSli | undefined {
  const { holder, at, lookup, context } = options;
  const dataSource = (name: string) => lookup('DataSource', name)?.object.spec;
  if (holder.indicator) {
    const { metadata, spec } = holder.indicator;
    const spot = at.at('indicator');
    return resolveSli({ metadata, spec, spot, dataSource, context });
  }
  const name = holder.indicatorRef;
  if (name === undefined) return undefined;
  const found = lookup('SLI', name);
  if (!found) {
    return at
      .at('indicatorRef')
      .error(
        `There is no SLI ${quote(
          name,
        )}, so nothing is measured. Add a document of kind: SLI with that name, or write the indicator here.`,
      );
  }
  const { metadata, spec } = found.object;
  const { spot } = found;
  const sli = resolveSli({ metadata, spec, spot, dataSource, context });
  return (
    sli ??
    at
      .at('indicatorRef')
      .error(
        `The SLI ${quote(name)} can't be used; see the problems of ${
          spot.location === at.location ? `line ${spot.line}` : spot.location
        }.`,
      )
  );
}

function policiesOf(options: {
  entries: readonly AlertPolicyEntry[];
  spot: Spot;
  lookup: ObjectLookup;
  context: SloParseContext;
}): SloAlertPolicy[] {
  const { entries, spot, lookup, context } = options;
  const policies: SloAlertPolicy[] = [];
  entries.forEach((entry, index) => {
    const at = spot.at('spec', 'alertPolicies', index);
    const policy = policyOf({ entry, at, lookup, context });
    if (!policy) return;
    if (policies.some(({ name }) => name === policy.name)) {
      at.error(
        `The alert policy ${quote(
          policy.name,
        )} is named twice, so its alerts could not be told apart. Remove one.`,
      );
      return;
    }
    policies.push(policy);
  });
  return policies;
}

function policyOf(options: {
  entry: AlertPolicyEntry;
  at: Spot;
  lookup: ObjectLookup;
  context: SloParseContext;
}): SloAlertPolicy | undefined {
  const { entry, at, lookup, context } = options;
  const name = entry.alertPolicyRef;
  if (name === undefined) {
    const { metadata, spec } = entry;
    return metadata && spec
      ? resolveAlertPolicy({
          policy: { metadata, spec, spot: at },
          lookup,
          context,
        })
      : undefined;
  }
  const found = lookup('AlertPolicy', name);
  if (!found) {
    return at
      .at('alertPolicyRef')
      .error(
        `There is no AlertPolicy ${quote(
          name,
        )}, so this alert could never fire. Add a document of kind: AlertPolicy with that name, or write the policy here. Without any alertPolicies the usual alerts go with the window.`,
      );
  }
  const { metadata, spec } = found.object;
  const policy = resolveAlertPolicy({
    policy: { metadata, spec, spot: found.spot },
    lookup,
    context,
  });
  return (
    policy ??
    at
      .at('alertPolicyRef')
      .error(
        `The AlertPolicy ${quote(name)} can't be used; see the problems of ${
          found.spot.location === at.location
            ? `line ${found.spot.line}`
            : found.spot.location
        }.`,
      )
  );
}

/** Tells of alerts that can't do what they are for with these objectives. */
export function checkAlerts(options: {
  policies: readonly SloAlertPolicy[];
  objectives: readonly SloObjective[];
  windowMs: number;
  spot: Spot;
}) {
  const { policies, objectives, windowMs, spot } = options;
  // The budget of a composite burns fastest where the target is highest.
  const target = Math.max(...objectives.map(objective => objective.target));
  const weight = objectives.reduce(
    (sum, objective) => sum + objective.weight,
    0,
  );
  const conditions = policies.flatMap(policy => policy.conditions);
  for (const condition of conditions) {
    const check = canFire(condition, target, weight);
    if (!check.fires) spot.warn(`${check.note}.`);
    if (condition.longMs > windowMs) {
      spot.warn(
        `${condition.name} looks back over ${
          condition.longMs / 60_000
        } minutes, longer than the window of ${
          windowMs / 60_000
        }: it tells of a budget that is over. Shorten lookbackWindow.`,
      );
    }
  }
}

function labelsOf({ labels = {} }: Metadata): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
