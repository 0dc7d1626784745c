import { type CompiledExpression, compile } from '@bpmn-connectors/feel';
import { addFeelProblem } from '../auth/read-values.ts';
import type { ProblemCollector } from './collect-problems.ts';

const property = 'inbound.verificationExpression';

/** Compiles `inbound.verificationExpression`, with or without its leading `=`. */
export function readVerification(
  properties: Readonly<Record<string, string>>,
  problems: ProblemCollector,
): CompiledExpression | undefined {
  const source = (properties[property] ?? '').trim();
  if (source === '') return undefined;
  try {
    return compile(source);
  } catch (error) {
    addFeelProblem(property, error, problems);
    return undefined;
  }
}
