import type { VariableLookup } from '@bpmn-connectors/feel';
import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import type { Mapping } from '../compile/compiled-process.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { lookUp, setOne } from '../state/variables.ts';
import { evaluate } from './evaluate.ts';

/**
 * Evaluates the input mappings of an element in the scope around it, and sets the results as variables of
 * its own. In their order: a mapping sees what those before it made, but not the target it is building.
 * @throws {StepError} `IO_MAPPING_ERROR`
 */
export function applyInputs(element: ElementInstance): void {
  const { inputs } = element.node;
  if (inputs.length === 0) return;
  const results = evaluateAll(inputs, element.parent, () => undefined);
  for (const [name, value] of results) setOne(element, name, value);
}

/**
 * Evaluates the output mappings of an element with its own variables in sight. A nested target is merged
 * into the variable that the scope around the element has. Changes nothing.
 * @throws {StepError} `IO_MAPPING_ERROR`
 */
export function evaluateOutputs(element: ElementInstance): ReadonlyMap<string, JsonValue> {
  return evaluateAll(element.node.outputs, element, (root) => lookUp(element.parent, root));
}

function evaluateAll(
  mappings: readonly Mapping[],
  from: ElementInstance | undefined,
  existing: (root: string) => JsonValue | undefined,
): Map<string, JsonValue> {
  const results = new Map<string, JsonValue>();
  for (const { path, source } of mappings) {
    const [root, ...rest] = path;
    const scope: VariableLookup = {
      get: (name) => {
        const made = name === root ? undefined : results.get(name);
        return made === undefined ? lookUp(from, name) : made;
      },
    };
    const value = evaluate(source, scope, `mapping to ${path.join('.')}`, 'IO_MAPPING_ERROR');
    const base = rest.length === 0 ? undefined : (results.get(root) ?? existing(root));
    results.set(root, withPath(base, rest, value));
  }
  return results;
}

/** A copy of `base` with the value at a path; what is no object on the way is replaced. */
function withPath(
  base: JsonValue | undefined,
  path: readonly string[],
  value: JsonValue,
): JsonValue {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const entries = new Map<string, JsonValue>(isObject(base) ? Object.entries(base) : []);
  entries.set(name, withPath(entries.get(name), rest, value));
  return Object.fromEntries(entries);
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
