/** One condition on a label. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Series of a name that fulfil conditions. */
export interface Selector {
  readonly type: 'selector';
  readonly matchers: readonly LabelMatcher[];
  /** What of the past is looked at: `[5m]`. */
  readonly windowMs?: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** The part of PromQL that the sandbox understands. */
export type Expression =
  | Selector
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'vector'; readonly of: Expression }
  | { readonly type: 'rate' | 'increase'; readonly of: Selector }
  | {
      readonly type: 'sum' | 'max' | 'min' | 'count';
      readonly by: readonly string[];
      readonly of: Expression;
    }
  | {
      readonly type: 'binary';
      readonly operator: ArithmeticOperator | ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    };
