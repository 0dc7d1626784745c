import { compile, FeelEvaluationError } from '@bpmn-connectors/feel';
import { hostileScope } from './hostile-cases.ts';

// A process of its own: nothing has been evaluated, nothing been compiled by the engine. Prints one line.
const scope = hostileScope();
const expression = compile(process.argv[2] ?? '');
let end = 'a value';
const start = performance.now();
try {
  expression.evaluate(scope);
} catch (error) {
  if (!(error instanceof FeelEvaluationError)) throw error;
  end = error.code;
}
process.stdout.write(`${performance.now() - start} ${end}`);
