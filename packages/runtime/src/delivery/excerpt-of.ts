import type { JsonObject, JsonValue } from '@bpmn-connectors/sdk';
import { isContext } from '../expressions/json-kind.ts';

const longestText = 500;
const mostEntries = 50;
const deepest = 6;
const mostValues = 200;
const rest = '…';

type Copy = (value: JsonValue, depth: number) => JsonValue;

/**
 * A payload value as operators are shown it: secrets masked, and cut (`…`) where it is long (500 characters),
 * wide (50 entries), deep (6 levels) or large (200 values), so that it is small whatever a stranger sent.
 */
export function excerptOf(value: JsonValue, mask: (text: string) => string): JsonValue {
  let left = mostValues;
  // Masked before it is cut: half a secret would not be recognised.
  const cut = (text: string): string => {
    const masked = mask(text);
    return masked.length > longestText ? `${masked.slice(0, longestText)}${rest}` : masked;
  };
  const copy: Copy = (part, depth) => {
    left -= 1;
    if (left < 0) return rest;
    if (typeof part === 'string') return cut(part);
    if (Array.isArray(part)) return depth === deepest ? rest : copyList(part, copy, depth);
    if (!isContext(part)) return part;
    return depth === deepest ? rest : copyContext(part, cut, copy, depth);
  };
  return copy(value, 0);
}

function copyList(list: readonly JsonValue[], copy: Copy, depth: number): JsonValue {
  const items = list.slice(0, mostEntries).map((item) => copy(item, depth + 1));
  return list.length > mostEntries ? [...items, rest] : items;
}

function copyContext(
  context: JsonObject,
  cut: (text: string) => string,
  copy: Copy,
  depth: number,
): JsonValue {
  const names = Object.keys(context);
  const entries = names
    .slice(0, mostEntries)
    .map((name): [string, JsonValue] => [cut(name), copy(context[name] ?? null, depth + 1)]);
  if (names.length > mostEntries) entries.push([rest, rest]);
  return Object.fromEntries(entries);
}
