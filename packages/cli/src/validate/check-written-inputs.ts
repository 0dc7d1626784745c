import type { JobElement } from '@bpmn-connectors/bpmn';
import {
  findInputProblems,
  type InputProblem,
  type JsonObject,
  type OutboundConnector,
  secretReferences,
} from '@bpmn-connectors/sdk';
import type { Finding } from './finding.ts';

/** What is only known when the process runs, or only to whoever has the secrets. */
const isOpen = (source: string): boolean =>
  source.trimStart().startsWith('=') || secretReferences(source).length > 0;

/** Puts a value at a path, as input mappings do. */
function put(variables: JsonObject, path: readonly string[], value: string): void {
  let place = variables;
  for (const name of path.slice(0, -1)) {
    const next = place[name];
    const inner: JsonObject =
      typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {};
    place[name] = inner;
    place = inner;
  }
  place[path.at(-1) ?? ''] = value;
}

const isWithin = (path: readonly string[], outer: readonly string[]): boolean =>
  outer.every((name, index) => path[index] === name);

/**
 * Finds what is wrong with the inputs of an element as far as the model says it: texts that do not fit, and
 * fields that are missing. Where nothing at all is mapped to a variable, one of the process may be it.
 */
export function checkWrittenInputs(
  element: JobElement,
  { definition }: OutboundConnector,
  where: string,
): readonly Finding[] {
  const variables: JsonObject = {};
  const open: string[][] = [];
  for (const [target, source] of Object.entries(element.inputs)) {
    const path = target.split('.');
    if (isOpen(source)) open.push(path);
    else put(variables, path, source);
  }
  const mapped = new Set(Object.keys(element.inputs).map((target) => target.split('.')[0]));
  const isKnown = ({ path }: InputProblem): boolean =>
    !open.some((known) => isWithin(path, known) || isWithin(known, path));
  return findInputProblems(definition.input, variables)
    .filter(isKnown)
    .map(({ path, place, reason }) => {
      const isMapped = mapped.has(path[0] ?? '');
      return {
        level: isMapped ? 'error' : 'warning',
        where: `${where} / input ${place}`,
        reason: isMapped ? reason : `nothing is mapped to ${path[0]}: ${reason}`,
        fix: isMapped
          ? 'Correct the input mapping'
          : 'Add input mappings, unless the process has such a variable',
      };
    });
}
