import type { Page } from '@bpmn-connectors/sdk';

const defaultLimit = 50;
const highestLimit = 500;

/** Which part of a list is wanted. */
export interface PageQuery {
  readonly cursor?: string;
  readonly limit?: number;
}

/** Keys of one page, the youngest first. `keys` may come in any order and any number: few are held at a time. */
export function pageOf(keys: Iterable<string>, query: PageQuery): Page<string> {
  const limit = Math.min(Math.max(1, Math.trunc(query.limit ?? defaultLimit)), highestLimit);
  let found: string[] = [];
  for (const key of keys) {
    if (query.cursor !== undefined && key >= query.cursor) continue;
    found.push(key);
    if (found.length > 8 * highestLimit) found = youngest(found, limit + 1);
  }
  found = youngest(found, limit + 1);
  const items = found.slice(0, limit);
  return { items, cursor: found.length > limit ? (items.at(-1) ?? null) : null };
}

const youngest = (keys: readonly string[], count: number): string[] =>
  keys.toSorted((a, b) => (a < b ? 1 : -1)).slice(0, count);
