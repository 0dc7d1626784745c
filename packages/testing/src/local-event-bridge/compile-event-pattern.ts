import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';

type Test = (value: JsonValue | undefined) => boolean;

const refuse = (path: string, reason: string): never => {
  throw new TypeError(`Event pattern at ${path === '' ? 'the top' : path}: ${reason}`);
};

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isLeaf = (value: JsonValue | undefined): boolean => value !== undefined && !isObject(value);

/** A test of one value; an array matches when one of its items does. */
const onItems =
  (test: (item: JsonValue) => boolean): Test =>
  (value) => {
    if (value === undefined) return false;
    return Array.isArray(value) ? value.some((item) => onItems(test)(item)) : test(value);
  };

const comparisons: ReadonlyMap<JsonValue | undefined, (left: number, right: number) => boolean> =
  new Map([
    ['=', (left, right) => left === right],
    ['<', (left, right) => left < right],
    ['<=', (left, right) => left <= right],
    ['>', (left, right) => left > right],
    ['>=', (left, right) => left >= right],
  ]);

function compileNumeric(operand: JsonValue, path: string): Test {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) {
    return refuse(path, 'numeric wants a list like [">", 0, "<=", 5]');
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons.get(operand[index]);
    const bound = operand[index + 1];
    if (compare === undefined || typeof bound !== 'number') {
      return refuse(path, 'numeric wants pairs of an operator (= < <= > >=) and a number');
    }
    tests.push((value) => compare(value, bound));
  }
  return onItems((item) => typeof item === 'number' && tests.every((test) => test(item)));
}

function compileText(operand: JsonValue, path: string, name: 'prefix' | 'suffix'): Test {
  if (typeof operand !== 'string') return refuse(path, `${name} wants a text`);
  return onItems(
    (item) =>
      typeof item === 'string' &&
      (name === 'prefix' ? item.startsWith(operand) : item.endsWith(operand)),
  );
}

function compileAnythingBut(operand: JsonValue, path: string): Test {
  if (isObject(operand)) {
    const [name, ...others] = Object.keys(operand);
    if ((name !== 'prefix' && name !== 'suffix') || others.length > 0) {
      return refuse(path, 'anything-but takes values, or one prefix or suffix');
    }
    const excluded = compileText(operand[name] ?? null, path, name);
    return onItems((item) => !excluded(item));
  }
  const values = Array.isArray(operand) ? operand : [operand];
  if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) {
    return refuse(path, 'anything-but takes texts and numbers');
  }
  return onItems((item) => !values.includes(item));
}

function compileExists(operand: JsonValue, path: string): Test {
  if (typeof operand !== 'boolean') return refuse(path, 'exists wants true or false');
  return (value) => (isLeaf(value) && !(Array.isArray(value) && value.length === 0)) === operand;
}

function compileMatcher(matcher: JsonObject, path: string): Test {
  const [name, ...others] = Object.keys(matcher);
  if (name === undefined || others.length > 0) return refuse(path, 'a matcher has one key');
  const operand = matcher[name] ?? null;
  if (name === 'prefix' || name === 'suffix') return compileText(operand, path, name);
  if (name === 'anything-but') return compileAnythingBut(operand, path);
  if (name === 'exists') return compileExists(operand, path);
  if (name === 'numeric') return compileNumeric(operand, path);
  return refuse(path, `${name} is not supported here`);
}

function compileAlternative(alternative: JsonValue, path: string): Test {
  if (isObject(alternative)) return compileMatcher(alternative, path);
  if (Array.isArray(alternative)) return refuse(path, 'a list inside a list');
  return onItems((item) => item === alternative);
}

function compileObject(pattern: JsonObject, path: string): Test {
  const fields = Object.entries(pattern).map(([name, inner]): [string, Test] => [
    name,
    compileField(inner, path === '' ? name : `${path}.${name}`),
  ]);
  if (fields.length === 0) return refuse(path, 'an empty object matches nothing');
  const matches = (value: JsonValue | undefined): boolean =>
    fields.every(([name, test]) =>
      test(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    );
  return (value) => (Array.isArray(value) ? value.some(matches) : matches(value));
}

function compileField(pattern: JsonValue, path: string): Test {
  if (path === '$or' || path.endsWith('.$or')) return refuse(path, '$or is not supported here');
  if (isObject(pattern)) return compileObject(pattern, path);
  if (!Array.isArray(pattern)) return refuse(path, 'values stand in a list: ["value"]');
  if (pattern.length === 0) return refuse(path, 'an empty list matches nothing');
  const tests = pattern.map((alternative) => compileAlternative(alternative, path));
  return (value) => tests.some((test) => test(value));
}

/**
 * Compiles an event pattern into a test of envelopes. Supported are exact values, `prefix`, `suffix`,
 * `anything-but` (values, one prefix or suffix), `exists`, `numeric`, nested fields and arrays, as in
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @throws {TypeError} anything else, naming the field: it must not match by accident.
 */
export function compileEventPattern(pattern: JsonObject): (event: JsonObject) => boolean {
  return compileObject(pattern, '');
}
