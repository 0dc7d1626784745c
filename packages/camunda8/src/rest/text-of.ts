import type { JsonValue } from '@bpmn-connectors/sdk';

/** A member of an object that is text or a number, as text; empty where it is neither. */
export function textOf(value: JsonValue, name: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const member = value[name];
  return typeof member === 'string' || typeof member === 'number' ? String(member) : '';
}
