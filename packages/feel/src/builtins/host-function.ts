import type { FeelFunction } from '../compile-options.ts';
import { FeelEvaluationError } from '../feel-evaluation-error.ts';
import { type Builtin, builtin } from './builtin.ts';

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'then' in value &&
  typeof value.then === 'function';

/** Makes a function of the host callable from expressions. */
export function hostFunction(name: string, { parameters, required, call }: FeelFunction): Builtin {
  const least = required ?? parameters.length;
  const signatures = Array.from({ length: parameters.length - least + 1 }, (_, index) =>
    parameters.slice(0, least + index).join(', '),
  );
  return builtin(name, signatures, (args) => {
    let value: unknown;
    try {
      value = call(args);
    } catch (error) {
      if (error instanceof FeelEvaluationError) throw error;
      const message = `The function "${name}" failed`;
      throw new FeelEvaluationError('FEEL_FAILED', message, { cause: error });
    }
    if (isThenable(value)) {
      const message = `The function "${name}" is asynchronous: functions of expressions return at once`;
      throw new FeelEvaluationError('FEEL_FAILED', message);
    }
    return value ?? null;
  });
}
