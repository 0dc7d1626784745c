import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import type { Limits } from '../limits.ts';
import type { Recorder } from './recorder.ts';

/** One evaluation: what it sees and how much it may still take. */
export interface Run {
  readonly limits: Limits;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly read: (name: string) => unknown;
  readonly recorder: Recorder | undefined;
  stepsLeft: number;
  depth: number;
}

/** A place for local values: an item, the entries of a context, the arguments of a function. */
export interface Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  readonly value: unknown;
}

/** A compiled node. */
export type Evaluate = (frame: Frame) => unknown;

/** Takes steps from the budget. @throws {FeelEvaluationError} FEEL_LIMIT_STEPS */
export function charge(run: Run, steps: number): void {
  run.stepsLeft -= steps;
  if (run.stepsLeft < 0) {
    throw new FeelEvaluationError(
      'FEEL_LIMIT_STEPS',
      `The evaluation took more than ${run.limits.steps} steps (limit steps): it visits too many items`,
    );
  }
}

/** Takes steps for going through a text. @throws {FeelEvaluationError} FEEL_LIMIT_STEPS */
export const chargeText = (run: Run, length: number): void => charge(run, 1 + (length >> 8));

/** Takes steps for turning each character of a text into something else. */
export const chargeConversion = (run: Run, length: number): void => charge(run, 1 + (length >> 5));

/** Takes steps for searching a text for another; engines may compare each place of both. */
export const chargeSearch = (run: Run, text: string, match: string): void =>
  charge(run, 1 + Math.floor((text.length * (4 + match.length)) / 256));

/** Takes steps for calculating with dates, times and zones, which is slow. */
export const chargeTemporal = (run: Run): void => charge(run, 150);

/** Allows a text to be made. @throws {FeelEvaluationError} FEEL_LIMIT_TEXT | FEEL_LIMIT_STEPS */
export function claimText(run: Run, length: number): void {
  charge(run, 1 + (length >> 6));
  if (length > run.limits.textLength) {
    throw new FeelEvaluationError(
      'FEEL_LIMIT_TEXT',
      `The expression makes a text of more than ${run.limits.textLength} characters (limit textLength)`,
    );
  }
}

/** The error for data or calls nested too deeply. */
export const tooDeep = (depth: number, cause?: unknown): FeelEvaluationError =>
  new FeelEvaluationError(
    'FEEL_LIMIT_DEPTH',
    `Functions or data are nested deeper than ${depth} levels (limit depth)`,
    cause === undefined ? undefined : { cause },
  );

/** Runs something one level deeper. @throws {FeelEvaluationError} FEEL_LIMIT_DEPTH */
export function deeper<T>(run: Run, work: () => T): T {
  if (run.depth >= run.limits.depth) throw tooDeep(run.limits.depth);
  run.depth += 1;
  try {
    return work();
  } finally {
    run.depth -= 1;
  }
}
