import { listExpressionFunctions } from './expressionFunctions';
import { MACROS } from './macros';

/** A function that expressions know. @public */
export interface ExpressionFunctionDescription {
  /** `text.contains(part)` */
  readonly usage: string;
  readonly description: string;
}

/** All functions that expressions know, for docs and editors. @public */
export function describeExpressionFunctions(): ExpressionFunctionDescription[] {
  return [
    {
      usage: 'has(object.field)',
      description: 'Whether the field is there.',
    },
    {
      usage: 'default(object.field, value)',
      description: 'The field, or the value when it is missing or null.',
    },
    ...listExpressionFunctions().map(({ usage, description }) => ({
      usage,
      description,
    })),
    ...Object.values(MACROS).map(({ usage, description }) => ({
      usage,
      description,
    })),
  ];
}
