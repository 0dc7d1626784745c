import { InternalValue, type Kind } from './internal-value.ts';

/** A context: an object of the data, or one that the expression made. */
export type FeelContext = Record<string, unknown>;

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

export const isContext = (value: unknown): value is FeelContext =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof InternalValue);

export const isText = (value: unknown): value is string => typeof value === 'string';

export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);

function kindOfObject(value: object): Kind {
  if (Array.isArray(value)) return 'list';
  return value instanceof InternalValue ? value.kind : 'context';
}

/** The FEEL type of a value. What FEEL does not know (undefined, NaN, functions of the host) is null. */
export function kindOf(value: unknown): Kind {
  const type = typeof value;
  if (type === 'string' || type === 'boolean') return type;
  if (type === 'number') return isNumber(value) ? 'number' : 'null';
  return typeof value === 'object' && value !== null ? kindOfObject(value) : 'null';
}
