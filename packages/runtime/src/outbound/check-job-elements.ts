import type { JobElement, Problem } from '@bpmn-connectors/bpmn';
import { type SecretProvider, secretReferences } from '@bpmn-connectors/sdk';
import { expressionProblem } from '../expressions/expression-problem.ts';
import { elementLocation } from '../problems/element-location.ts';
import { checkSecrets, type SecretUse } from '../secrets/check-secrets.ts';
import { type DurationHeader, headerMs, jobHeader } from './job-headers.ts';

/** Finds everything that would fail when a job of one of these elements is worked. */
export async function checkJobElements(
  elements: readonly JobElement[],
  connectors: ReadonlyMap<string, unknown>,
  secrets: SecretProvider | undefined,
): Promise<readonly Problem[]> {
  const ours = elements.filter(({ type }) => connectors.has(type));
  const uses = ours.flatMap(secretUses);
  return [...ours.flatMap(headerProblems), ...(await checkSecrets(uses, secrets))];
}

function headerProblems(element: JobElement): Problem[] {
  const where = elementLocation(element);
  const problems: Problem[] = [];
  for (const name of ['resultExpression', 'errorExpression'] as const) {
    const source = jobHeader(element.headers, name);
    const problem = expressionProblem(source, `${where} / header ${name}`);
    if (problem !== undefined) problems.push(problem);
  }
  for (const name of ['retryBackoff', 'jobTimeout'] as const) {
    if (isDuration(element.headers, name)) continue;
    problems.push({
      where: `${where} / header ${name}`,
      reason: `it is no duration of ISO 8601${name === 'jobTimeout' ? ' longer than zero' : ''}`,
      fix: 'Write hours, minutes and seconds as in PT30S or PT1H30M',
    });
  }
  return problems;
}

function isDuration(headers: JobElement['headers'], name: DurationHeader): boolean {
  try {
    headerMs(headers, name);
    return true;
  } catch {
    return false;
  }
}

const secretUses = (element: JobElement): SecretUse[] =>
  Object.entries(element.inputs).flatMap(([target, source]) =>
    secretReferences(source).map((name) => ({
      name,
      where: `${elementLocation(element)} / input ${target}`,
    })),
  );
