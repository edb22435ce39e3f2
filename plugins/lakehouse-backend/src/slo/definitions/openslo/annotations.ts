import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import type { BudgetPolicyStep } from '@lakehouse-ops/plugin-lakehouse-common';
import { quote, UNKNOWN_MAX, unknownField } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import { durationMs, parseDuration } from './duration';
import type { Metadata } from './metadata';

const PREFIX = 'lakehouse-ops.io/';
export const SHORT_WINDOW = `${PREFIX}short-window`;
export const BUDGET_POLICY = `${PREFIX}budget-policy`;
export const RUNBOOKS = `${PREFIX}runbooks`;
export const ENTITY = `${PREFIX}entity`;

const STEP = /^(-?\d{1,4}(?:\.\d+)?)\s*%\s*:\s*(\S.*)$/;
const STEPS_MAX = 20;
const RUNBOOKS_MAX = 20;

/** Tells of annotations of ours that are not read at this kind of object. */
export function checkAnnotations(
  metadata: Metadata,
  spot: Spot,
  known: readonly string[],
) {
  const ours = Object.keys(metadata.annotations ?? {}).filter(
    key => key.startsWith(PREFIX) && !known.includes(key),
  );
  for (const key of ours.slice(0, UNKNOWN_MAX)) {
    const at = spot.at('metadata', 'annotations', key);
    if (known.length) at.warn(unknownField(key, known));
    else {
      at.warn(
        `The annotation ${quote(
          key,
        )} is not read at objects of this kind, so it does not count. Remove it, or move it to the object that it is about.`,
      );
    }
  }
}

/** Steps such as `25 %: Only fixes are deployed`, one a line or between semicolons. */
export function readBudgetPolicy(
  metadata: Metadata,
  spot: Spot,
): BudgetPolicyStep[] {
  const at = spot.at('metadata', 'annotations', BUDGET_POLICY);
  const steps: BudgetPolicyStep[] = [];
  for (const line of listOf(metadata.annotations?.[BUDGET_POLICY], /[\n;]/)) {
    const [, percent, action] = STEP.exec(line) ?? [];
    const remaining = Number(percent) / 100;
    if (!action || remaining > 1) {
      at.error(
        `${quote(
          line,
        )} is no step of a budget policy. Write how much of the budget is left and what is done then, one step a line, such as 25%: Only fixes are deployed.`,
      );
    } else if (steps.some(step => step.remaining === remaining)) {
      at.error(
        `There are two steps at ${percent} %. Put what is done then into one.`,
      );
    } else {
      steps.push({ remaining, action });
    }
  }
  if (steps.length > STEPS_MAX) {
    at.error(
      `The budget policy has more than ${STEPS_MAX} steps. Nobody follows so many: leave some out.`,
    );
  }
  return steps.sort((a, b) => b.remaining - a.remaining);
}

/** Names between commas. */
export function readRunbooks(metadata: Metadata, spot: Spot): string[] {
  const names = [...new Set(listOf(metadata.annotations?.[RUNBOOKS], /[,\n]/))];
  if (names.length > RUNBOOKS_MAX) {
    spot
      .at('metadata', 'annotations', RUNBOOKS)
      .error(
        `More than ${RUNBOOKS_MAX} runbooks are suggested. At night one is enough: name the best.`,
      );
  }
  return names;
}

/** Entity ref in lower case. */
export function readEntityRef(
  metadata: Metadata,
  spot: Spot,
  options: { allowed: boolean },
): string | undefined {
  const text = metadata.annotations?.[ENTITY];
  if (text === undefined) return undefined;
  const at = spot.at('metadata', 'annotations', ENTITY);
  if (!options.allowed) {
    return at.warn(
      'An SLO of a file that an entity names belongs to that entity; this annotation does not count. Remove it, or name the file in lakehouse.slo.locations of the config.',
    );
  }
  try {
    const ref = parseEntityRef(text, {
      defaultKind: 'Component',
      defaultNamespace: 'default',
    });
    return stringifyEntityRef(ref).toLocaleLowerCase('en-US');
  } catch (error) {
    return at.error(
      `${quote(text)} is no entity ref (${
        toError(error).message
      }). Write kind:namespace/name, such as component:default/personal-api.`,
    );
  }
}

/** The short window of a condition in ms. */
export function readShortWindow(options: {
  metadata: Metadata;
  spot: Spot;
  longMs: number;
}): number | undefined {
  const { metadata, spot, longMs } = options;
  const text = metadata.annotations?.[SHORT_WINDOW];
  if (text === undefined) return undefined;
  const at = spot.at('metadata', 'annotations', SHORT_WINDOW);
  const duration = parseDuration(text.trim());
  const shortMs = duration && durationMs(duration);
  if (!shortMs) {
    return at.error(
      `${quote(
        text,
      )} is no duration. Write a whole number and a unit, such as 5m.`,
    );
  }
  return shortMs < longMs
    ? shortMs
    : at.error(
        `The short window of ${text} is not shorter than lookbackWindow, so it would add nothing. Write about a twelfth of it.`,
      );
}

function listOf(text: string | undefined, between: RegExp): string[] {
  return (text ?? '')
    .split(between)
    .map(part => part.trim())
    .filter(part => part !== '');
}
