import type {
  BurnRateCondition,
  SloAlertPolicy,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import type { Spot } from '../yaml/Spot';
import type {
  AlertConditionSpec,
  AlertNotificationTargetSpec,
  AlertPolicySpec,
} from './alertSchemas';
import { checkAnnotations, readShortWindow, SHORT_WINDOW } from './annotations';
import { durationMs } from './duration';
import type { Metadata } from './metadata';
import type { ObjectLookup } from './OpenSloIndex';

/** Who can be told without any setting. */
export const BUILT_IN_TARGETS = ['owner', 'on-call'] as const;

interface Named<T> {
  readonly metadata: Metadata;
  readonly spec: T;
  readonly spot: Spot;
}

/** Turns an alert policy into what is evaluated; tells what keeps it from that. */
export function resolveAlertPolicy(options: {
  policy: Named<AlertPolicySpec>;
  lookup: ObjectLookup;
  context: SloParseContext;
}): SloAlertPolicy | undefined {
  const { policy, lookup, context } = options;
  const { spec, metadata, spot } = policy;
  checkAnnotations(metadata, spot, []);
  const condition = conditionOf(policy, lookup);
  const targets = targetsOf(policy, { lookup, context });
  if (
    !spec.alertWhenBreaching &&
    !spec.alertWhenResolved &&
    !spec.alertWhenNoData
  ) {
    spot
      .at('spec')
      .warn(
        'This policy never tells anybody: alertWhenBreaching, alertWhenResolved and alertWhenNoData are all false. Write alertWhenBreaching: true.',
      );
  }
  if (!condition || !targets) return undefined;
  return {
    name: metadata.name,
    ...(metadata.displayName && { displayName: metadata.displayName }),
    whenBreaching: spec.alertWhenBreaching ?? false,
    whenResolved: spec.alertWhenResolved ?? false,
    whenNoData: spec.alertWhenNoData ?? false,
    conditions: [condition],
    targets,
  };
}

function conditionOf(
  { spec, spot }: Named<AlertPolicySpec>,
  lookup: ObjectLookup,
): BurnRateCondition | undefined {
  const [entry] = spec.conditions;
  const at = spot.at('spec', 'conditions', 0);
  if (entry.conditionRef === undefined) {
    return entry.metadata && entry.spec
      ? resolveCondition({
          metadata: entry.metadata,
          spec: entry.spec,
          spot: at,
        })
      : undefined;
  }
  const found = lookup('AlertCondition', entry.conditionRef);
  if (!found) {
    return at
      .at('conditionRef')
      .error(
        `There is no AlertCondition ${quote(
          entry.conditionRef,
        )}, so this alert could never fire. Add a document of kind: AlertCondition with that name, or write the condition here.`,
      );
  }
  const { metadata, spec: conditionSpec } = found.object;
  const condition = resolveCondition({
    metadata,
    spec: conditionSpec,
    spot: found.spot,
  });
  if (condition) return condition;
  return found.spot.location === spot.location
    ? undefined
    : at
        .at('conditionRef')
        .error(
          `The AlertCondition ${quote(
            entry.conditionRef,
          )} can't be used; see the problems of ${found.spot.location}.`,
        );
}

/** Turns a condition into a burn rate against a factor. */
export function resolveCondition(
  named: Named<AlertConditionSpec>,
): BurnRateCondition | undefined {
  const { metadata, spec, spot } = named;
  const { condition, severity } = spec;
  const { op, threshold, lookbackWindow, alertAfter } = condition;
  checkAnnotations(metadata, spot, [SHORT_WINDOW]);
  const at = spot.at('spec', 'condition');
  const longMs = durationMs(lookbackWindow);
  const shortMs = readShortWindow({ metadata, spot, longMs });
  const falling = op === 'lte' || op === 'lt';
  if (falling) {
    at.at('op').warn(
      `With ${op} the alert fires while the budget burns slowly, which is when all is well. Write gte to be told when it burns fast.`,
    );
  }
  if (threshold < 0 || (threshold === 0 && !falling && op === 'gte')) {
    at.at('threshold').warn(
      `A burn rate is never below 0, so with a threshold of ${threshold} this alert ${
        falling ? 'never' : 'always'
      } fires. Write how many times faster than planned the budget may burn, such as 14.4.`,
    );
  }
  if (spot.hasErrors) return undefined;
  return {
    name: metadata.name,
    severity,
    op,
    factor: threshold,
    longMs,
    ...(shortMs !== undefined && { shortMs }),
    alertAfterMs: alertAfter ? durationMs(alertAfter) : 0,
  };
}

function targetsOf(
  { spec, spot }: Named<AlertPolicySpec>,
  options: { lookup: ObjectLookup; context: SloParseContext },
): string[] | undefined {
  const { lookup, context } = options;
  const known = [...BUILT_IN_TARGETS, ...(context.notificationTargets ?? [])];
  const targets = new Set<string>();
  let broken = false;
  spec.notificationTargets.forEach((entry, index) => {
    const at = spot.at('spec', 'notificationTargets', index);
    const { targetRef } = entry;
    if (targetRef !== undefined) {
      const found = lookup('AlertNotificationTarget', targetRef);
      if (found) {
        const { metadata, spec: target } = found.object;
        add(targetOf({ metadata, target, known, spot: found.spot }));
      } else if (known.includes(targetRef)) {
        add(targetRef);
      } else {
        broken = true;
        at.at('targetRef').error(
          `There is no AlertNotificationTarget ${quote(targetRef)}.${didYouMean(
            targetRef,
            known,
          )} Nobody would be told. Write ${listed(
            known,
          )}, or add a document of kind: AlertNotificationTarget with that name.`,
        );
      }
    } else if (entry.metadata && entry.spec) {
      const { metadata, spec: target } = entry;
      add(targetOf({ metadata, target, known, spot: at }));
    }
  });
  if (broken) return undefined;
  return targets.size ? [...targets] : ['owner'];

  function add(target: string | undefined) {
    if (target !== undefined) targets.add(target);
  }
}

/** The target that is meant; one that is not set up is told of, and left out. */
export function targetOf(options: {
  metadata: Metadata;
  target: AlertNotificationTargetSpec;
  known: readonly string[];
  spot: Spot;
}): string | undefined {
  const { metadata, target, known, spot } = options;
  const written = target.target.trim();
  if (known.includes(written)) return written;
  if (known.includes(metadata.name)) return metadata.name;
  return spot
    .at('spec', 'target')
    .warn(
      `${quote(
        written,
      )} is not set up as a target, so nobody is told through it; a policy without any other target tells the owner. Write ${listed(
        known,
      )}, or set up lakehouse.slo.notificationTargets.${
        metadata.name
      } in the config.`,
    );
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} or ${names[names.length - 1]}`;
}
