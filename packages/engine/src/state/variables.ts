import type { VariableLookup } from '@bpmn-connectors/feel';
import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import type { ElementInstance } from './process-instance.ts';

/** Looks a variable up the scopes, innermost first; undefined where there is none. */
export function lookUp(from: ElementInstance | undefined, name: string): JsonValue | undefined {
  for (let scope = from; scope !== undefined; scope = scope.parent) {
    const value = scope.variables?.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What an expression at an element sees: no context is merged, each name is looked up when it is read. */
export const scopeOf = (element: ElementInstance | undefined): VariableLookup => ({
  get: (name) => lookUp(element, name),
});

/** Sets variables of a scope itself. */
export function setLocal(scope: ElementInstance, variables: JsonObject): void {
  for (const [name, value] of Object.entries(variables)) setOne(scope, name, value);
}

/** Sets one variable of a scope itself. */
export function setOne(scope: ElementInstance, name: string, value: JsonValue): void {
  scope.variables ??= new Map();
  scope.variables.set(name, value);
}

/** Sets each variable in the nearest scope that has it, else in the root, as Zeebe propagates. */
export function propagate(from: ElementInstance, variables: Iterable<[string, JsonValue]>): void {
  for (const [name, value] of variables) {
    let scope = from;
    while (scope.parent !== undefined && scope.variables?.has(name) !== true) scope = scope.parent;
    setOne(scope, name, value);
  }
}

/** Variables of one scope as an object. Names are data: `__proto__` too is but a name. */
export const localVariables = (scope: ElementInstance): JsonObject =>
  scope.variables === undefined ? {} : Object.fromEntries(scope.variables);

/** All variables that are visible at an element; or only those named. */
export function visibleVariables(
  element: ElementInstance,
  names: readonly string[] | undefined,
): JsonObject {
  const visible = new Map<string, JsonValue>();
  if (names !== undefined) {
    for (const name of names) {
      const value = lookUp(element, name);
      if (value !== undefined) visible.set(name, value);
    }
    return Object.fromEntries(visible);
  }
  for (
    let scope: ElementInstance | undefined = element;
    scope !== undefined;
    scope = scope.parent
  ) {
    for (const [name, value] of scope.variables ?? []) {
      if (!visible.has(name)) visible.set(name, value);
    }
  }
  return Object.fromEntries(visible);
}
