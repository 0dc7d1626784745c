/** An element as bpmn-moddle hands it over. Its properties are of unknown type until they are read. */
export interface ModdleElement {
  readonly $type: string;
  readonly $parent?: unknown;
  get(name: string): unknown;
}

/** Whether a value is an element of a known type (elements of foreign namespaces have no usable `get`). */
export function isModdleElement(value: unknown): value is ModdleElement {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$type' in value &&
    typeof value.$type === 'string' &&
    'get' in value &&
    typeof value.get === 'function'
  );
}

/** The element that a property holds or refers to. */
export function elementOf(owner: ModdleElement, property: string): ModdleElement | undefined {
  const value = owner.get(property);
  return isModdleElement(value) ? value : undefined;
}

/** The elements that a list property holds or refers to. */
export function elementsOf(owner: ModdleElement, property: string): readonly ModdleElement[] {
  const value = owner.get(property);
  return Array.isArray(value) ? value.filter(isModdleElement) : [];
}

/** The text of an attribute, trimmed of nothing; undefined where it is absent. */
export function textOf(owner: ModdleElement, property: string): string | undefined {
  const value = owner.get(property);
  return typeof value === 'string' ? value : undefined;
}

/** A boolean attribute, which may have come as text; `fallback` where it is absent or neither. */
export function booleanOf(owner: ModdleElement, property: string, fallback: boolean): boolean {
  const value = owner.get(property);
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return fallback;
}

/** The body of a nested expression element (`bpmn:conditionExpression`), trimmed; undefined where empty. */
export function bodyOf(owner: ModdleElement, property: string): string | undefined {
  const element = elementOf(owner, property);
  const body = element === undefined ? undefined : textOf(element, 'body')?.trim();
  return body === '' ? undefined : body;
}

/** `bpmn:StartEvent` → `startEvent`. */
export function localTypeOf(element: ModdleElement): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return name.charAt(0).toLowerCase() + name.slice(1);
}
