import type { Run } from '../run/run.ts';
import { InternalValue } from './internal-value.ts';

/** A function that the expression defines. Data cannot hold one. */
export class FunctionValue extends InternalValue {
  readonly kind = 'function';
  readonly parameters: readonly string[];
  readonly invoke: (args: readonly unknown[], run: Run) => unknown;

  constructor(
    parameters: readonly string[],
    invoke: (args: readonly unknown[], run: Run) => unknown,
  ) {
    super();
    this.parameters = parameters;
    this.invoke = invoke;
  }

  override toString(): string {
    return `function(${this.parameters.join(', ')})`;
  }
}
