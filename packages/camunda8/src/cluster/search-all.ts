import type { JsonObject } from '@bpmn-connectors/sdk';
import { z } from 'zod';
import type { RestClient } from '../rest/create-rest-client.ts';
import { readAnswer } from './read-answer.ts';

/** What is searched. */
export interface Search<T> {
  /** Below `/v2`: `/process-definitions/search`. */
  readonly path: string;
  readonly filter: JsonObject;
  readonly item: z.ZodType<T>;
}

/** What a search found. */
export interface Found<T> {
  readonly items: readonly T[];
  /** False: there is more, beyond the first 10,000. */
  readonly isComplete: boolean;
}

/** Of a page; the API allows 10,000. */
const pageLength = 100;

/** A cluster that never ends its pages shall not fill the memory. */
const mostItems = 10_000;

/**
 * All pages of a search of the Orchestration Cluster REST API. `page.totalItems` may be capped: the end is
 * a page that is not full, or one without a cursor.
 * @throws {GatewayError} a page cannot be had; nothing is told of the others then.
 */
export async function searchAll<T>(
  rest: RestClient,
  { path, filter, item }: Search<T>,
  signal: AbortSignal,
): Promise<Found<T>> {
  const schema = z.object({
    items: z.array(item),
    page: z.object({ endCursor: z.string().nullish() }),
  });
  const items: T[] = [];
  let after: string | undefined;
  while (items.length < mostItems) {
    const page = { limit: pageLength, ...(after === undefined ? {} : { after }) };
    const body = new TextEncoder().encode(JSON.stringify({ filter, page }));
    const found = readAnswer(await rest.call({ method: 'POST', path, body, signal }), schema);
    items.push(...found.items);
    after = found.page.endCursor ?? undefined;
    if (found.items.length < pageLength || after === undefined) return { items, isComplete: true };
  }
  return { items, isComplete: false };
}
