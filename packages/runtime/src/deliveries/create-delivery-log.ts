import type { DeliverySummary, Page } from '@bpmn-connectors/sdk';

/** Which deliveries to list. */
export interface DeliveryQuery {
  readonly webhookId?: string;
  readonly outcome?: string;
  readonly cursor?: string;
  /** @default 50 */
  readonly limit?: number;
}

/** The newest deliveries, in memory. */
export interface DeliveryLog {
  add(summary: Omit<DeliverySummary, 'id'>): DeliverySummary;
  /** Newest first. */
  list(query: DeliveryQuery): Page<DeliverySummary>;
}

const defaultPage = 50;

/** Remembers so many deliveries; the oldest make room. */
export function createDeliveryLog(capacity = 1000): DeliveryLog {
  const ring: DeliverySummary[] = [];
  let count = 0;
  return {
    add: (summary) => {
      const kept = { id: String(count + 1), ...summary };
      ring[count % capacity] = kept;
      count += 1;
      return kept;
    },
    list: ({ webhookId, outcome, cursor, limit = defaultPage }) => {
      const before = cursor === undefined ? Number.POSITIVE_INFINITY : Number(cursor);
      const matching = newestFirst(ring, count).filter(
        ({ id, ...summary }) =>
          Number(id) < before &&
          (webhookId === undefined || summary.endpoint === webhookId) &&
          (outcome === undefined || summary.outcome === outcome),
      );
      const items = matching.slice(0, limit);
      return { items, cursor: matching.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  };
}

/** The ring's newest entry stands before the one that will be overwritten next. */
function newestFirst(ring: readonly DeliverySummary[], count: number): DeliverySummary[] {
  const next = count % Math.max(1, ring.length);
  return [...ring.slice(next), ...ring.slice(0, next)].reverse();
}
