import { z } from 'zod';
import { fields, optional, quote } from '../yaml/fields';
import { alertPolicyEntry, operator } from './alertSchemas';
import { duration, sliceDuration } from './duration';
import { description, filledText, metadata, objectName } from './metadata';

const metricSource = fields({
  metricSourceRef: optional(objectName),
  type: optional(filledText),
  spec: z
    .record(z.string(), z.unknown())
    .refine(spec => Object.keys(spec).length > 0, {
      error:
        'The source says nothing. Write what to measure: an indicator, or a query.',
    }),
});

const metric = fields({ metricSource });

const ratioMetric = fields({
  counter: optional(z.boolean()),
  good: optional(metric),
  bad: optional(metric),
  total: optional(metric),
  rawType: optional(
    z.enum(['success', 'failure'], {
      error: issue =>
        `${quote(
          issue.input,
        )} is no rawType. Write success when the figure is good/total, failure when it is bad/total.`,
    }),
  ),
  raw: optional(metric),
}).superRefine(({ good, bad, total, raw, rawType }, context) => {
  const say = (message: string, path: string[] = []) =>
    context.addIssue({ code: 'custom', message, path });
  if (raw && (good || bad || total)) {
    say(
      'raw stands beside good, bad or total; a ratio is told by one of the two ways only. Keep raw with rawType, or total with good or bad.',
    );
  } else if (raw && !rawType) {
    say(
      'rawType is missing, so nobody knows which way the ratio goes. Write rawType: success when it is good/total, failure when it is bad/total.',
    );
  } else if (!raw && !total) {
    say(
      'There is neither total nor raw, so there is nothing to take a share of. Write total with good or bad, or raw with rawType.',
    );
  } else if (!raw && Boolean(good) === Boolean(bad)) {
    say(
      good
        ? 'Both good and bad are written; only one can count. Remove one.'
        : 'Beside total, good or bad is missing. Write one of them.',
    );
  }
});

/** What an indicator is measured with. */
export const sliSpec = fields({
  description: optional(description),
  thresholdMetric: optional(metric),
  ratioMetric: optional(ratioMetric),
}).superRefine((spec, context) => {
  if (Boolean(spec.thresholdMetric) === Boolean(spec.ratioMetric)) {
    context.addIssue({
      code: 'custom',
      message: spec.ratioMetric
        ? 'Both thresholdMetric and ratioMetric are written; an indicator is one of the two. Remove one.'
        : 'There is neither thresholdMetric nor ratioMetric, so nothing is measured. Write one of them.',
    });
  }
});

const indicator = fields({ metadata, spec: sliSpec });

const calendar = fields({
  startTime: z.string({
    error:
      'startTime is no text. Write local time in quotes, such as "2026-01-01 00:00:00".',
  }),
  timeZone: z.string(),
});

const timeWindow = fields({
  duration,
  isRolling: optional(z.boolean()),
  calendar: optional(calendar),
}).superRefine((window, context) => {
  if (window.isRolling && window.calendar) {
    context.addIssue({
      code: 'custom',
      path: ['calendar'],
      message:
        'A rolling window has no calendar. Remove calendar, or write isRolling: false.',
    });
  }
  if (!window.isRolling && !window.calendar) {
    context.addIssue({
      code: 'custom',
      message:
        'It is not told how the window moves. Write isRolling: true for the newest time at every moment, or calendar with startTime and timeZone for windows that follow each other.',
    });
  }
});

const share = z.number();

const objective = fields({
  displayName: optional(z.string()),
  op: optional(operator),
  value: optional(z.number()),
  target: optional(share),
  targetPercent: optional(share),
  timeSliceTarget: optional(
    z.number().refine(target => target > 0 && target <= 1, {
      error: issue =>
        `timeSliceTarget is ${quote(
          issue.input,
        )}, outside of what a share can be. Write a number above 0 and at most 1, such as 0.95.`,
    }),
  ),
  timeSliceWindow: optional(sliceDuration),
  indicator: optional(indicator),
  indicatorRef: optional(objectName),
  compositeWeight: optional(
    z.number().refine(weight => weight > 0, {
      error: issue =>
        `compositeWeight is ${quote(
          issue.input,
        )}; an objective that weighs nothing would never count. Write a number above 0, or leave it out for 1.`,
    }),
  ),
}).superRefine(({ target, targetPercent, ...rest }, context) => {
  if ((target === undefined) === (targetPercent === undefined)) {
    context.addIssue({
      code: 'custom',
      message:
        target === undefined
          ? 'The target is missing, so there is no promise. Write target (a share such as 0.995) or targetPercent (such as 99.5).'
          : 'Both target and targetPercent are written; only one can count. Remove one.',
    });
  }
  if (rest.indicator && rest.indicatorRef !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['indicatorRef'],
      message:
        'Both indicator and indicatorRef are written; only one can count. Remove one.',
    });
  }
});

/** A promise. */
export const sloSpec = fields({
  description: optional(description),
  service: filledText,
  indicator: optional(indicator),
  indicatorRef: optional(objectName),
  timeWindow: optional(
    z.array(timeWindow).refine(list => list.length === 1, {
      error:
        'An SLO has exactly one time window. Write one, and another SLO for another window.',
    }),
  ),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices'], {
    error: issue =>
      `${
        issue.input === undefined
          ? 'budgetingMethod is missing'
          : `${quote(issue.input)} is no budgeting method`
      }, so nobody knows how good and bad become budget. Write Occurrences (each event counts), Timeslices (each slice is good or bad) or RatioTimeslices (the mean of the slices).`,
  }),
  objectives: z.array(objective).min(1, {
    error: 'There is no objective, so there is no promise. Write at least one.',
  }),
  alertPolicies: optional(z.array(alertPolicyEntry)),
});

/** How to reach a source. */
export const dataSourceSpec = fields({
  description: optional(description),
  type: filledText,
  connectionDetails: z
    .unknown()
    .optional()
    .refine(details => details !== undefined, {
      error:
        'connectionDetails is missing. Write connectionDetails with connection: <id of a connection of the config>.',
    }),
});

/** What SLOs are grouped by. */
export const serviceSpec = fields({ description: optional(description) });

export type SliSpec = z.output<typeof sliSpec>;
export type MetricSource = z.output<typeof metricSource>;
export type SloSpec = z.output<typeof sloSpec>;
export type ObjectiveSpec = z.output<typeof objective>;
export type TimeWindowSpec = z.output<typeof timeWindow>;
export type AlertPolicyEntry = z.output<typeof alertPolicyEntry>;
export type DataSourceSpec = z.output<typeof dataSourceSpec>;
