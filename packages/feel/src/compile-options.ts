import type { Limits } from './limits.ts';

/**
 * A function that expressions may call besides the built-in ones. It gets FEEL values: JSON data, and for
 * temporal values and durations objects whose `toString()` gives the ISO text. It returns JSON data, or
 * values it was given. It must be synchronous; a `FeelEvaluationError` it throws passes unchanged.
 */
export interface FeelFunction {
  /** Names of the parameters; the last ones may be left out where `required` is smaller. */
  readonly parameters: readonly string[];
  /** How many parameters a call must give at least. @default all */
  readonly required?: number;
  /** Computes the result from the arguments, by position. */
  readonly call: (args: readonly unknown[]) => unknown;
}

/** What `compile` may be told besides the source. */
export interface CompileOptions {
  /**
   * Names of variables that hold blanks or operators (`order-id`), so that they can be written without
   * backticks. Plain names need not be listed. Names never come from data.
   */
  readonly names?: readonly string[];
  /** Functions by name, blanks allowed. They win over built-in ones of the same name. */
  readonly functions?: Readonly<Record<string, FeelFunction>>;
  readonly limits?: Partial<Limits>;
  /** Tells `now()` and `today()` the time, in epoch milliseconds; both are in UTC. @default the machine's */
  readonly clock?: {
    /** Epoch milliseconds. */
    now(): number;
  };
}
