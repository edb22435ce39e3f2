import type { ApiHolder } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';

/**
 * A value that a picker offers.
 *
 * @public
 */
export interface RunbookPickerOption {
  /** What the parameter becomes. */
  readonly value: string;
  /** For people, where the value alone does not tell. */
  readonly label?: string;
  /** In small print: a place, a state. */
  readonly detail?: string;
  /** Other parameters of the form that are known with it, by their names. */
  readonly fills?: JsonObject;
}

/**
 * What a picker offers for what was asked.
 *
 * @public
 */
export interface RunbookPickerAnswer {
  readonly options: readonly RunbookPickerOption[];
  /** Why there is less than one may expect: "Choose the connection first." */
  readonly note?: string;
}

/**
 * What a picker is asked.
 *
 * @public
 */
export interface RunbookPickerRequest {
  /** What was typed so far. */
  readonly text: string;
  /** What the context has given and what is filled in so far; no secrets. */
  readonly parameters: JsonObject;
  /** The value of the form's parameter that has this other picker. */
  valueOf(picker: string): string | undefined;
  /** The app's APIs. */
  readonly apis: ApiHolder;
  /** Ends the call when its answer is no longer wanted. */
  readonly signal: AbortSignal;
}

/**
 * Offers values for parameters whose schema says `x-picker: <name>`. Whatever
 * it offers, a person may type something else: the backend checks it.
 *
 * @public
 */
export interface RunbookPicker {
  readonly name: string;
  /** How to write such a value, said where nothing can be offered. */
  readonly hint: string;
  /** Offers values. What it throws is shown, and typing goes on. */
  load(request: RunbookPickerRequest): Promise<RunbookPickerAnswer>;
}
