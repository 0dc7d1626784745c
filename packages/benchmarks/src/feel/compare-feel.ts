import { compile, connectorFunctions } from '@bpmn-connectors/feel';
import { evaluate } from 'feelin';
import { feelCases, feelScope } from './feel-cases.ts';
import { measureRate } from './measure-rate.ts';

/** Rates of one expression, evaluations in a CPU second; medians over the rounds. */
export interface FeelRow {
  readonly name: string;
  /** feelin's `evaluate`, which parses each time, on a body of 1 kB. */
  readonly feelin: number;
  /** Ours, compiled before, on a body of 1 kB. */
  readonly ours: number;
  /** Ours on a body of 1 MB. */
  readonly oursLarge: number;
}

const small = feelScope(1000);
const large = feelScope(1_000_000);

/** For feelin a host function is one in the context, with the names of its parameters. */
const jobError = Object.assign(
  (errorMessage: unknown, variables: unknown, retries: unknown, retryBackoff: unknown) => ({
    errorType: 'jobError',
    errorMessage,
    variables,
    retries,
    retryBackoff: String(retryBackoff),
  }),
  { $args: ['errorMessage', 'errorVariables', 'retries', 'retryBackoff'] },
);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @throws {Error} the two do not agree on the result: then the figures compare nothing. */
function compareCase(name: string, source: string, rounds: number): FeelRow {
  const compiled = compile(source, { functions: connectorFunctions });
  const context = { ...small, jobError };
  const results = [compiled.evaluate(small), evaluate(source, context, 'camunda').value];
  const [ours, feelins] = results.map((result) => JSON.stringify(result));
  if (ours !== feelins) throw new Error(`${name}: ${ours} here, ${feelins} by feelin`);
  const rates: { feelin: number; ours: number; oursLarge: number }[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    rates.push({
      feelin: measureRate(() => evaluate(source, context, 'camunda')),
      ours: measureRate(() => compiled.evaluate(small)),
      oursLarge: measureRate(() => compiled.evaluate(large)),
    });
  }
  const measured = rates.slice(1);
  return {
    name,
    feelin: median(measured.map((rate) => rate.feelin)),
    ours: median(measured.map((rate) => rate.ours)),
    oursLarge: median(measured.map((rate) => rate.oursLarge)),
  };
}

/** Our FEEL beside feelin's `evaluate`, in turns. */
export const compareFeel = (rounds: number): readonly FeelRow[] =>
  feelCases.map(({ name, source }) => compareCase(name, source, rounds));
