/** What came in at an address so far. */
export interface EndpointCounts {
  readonly counts: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly lastDeliveryAt: string | null;
  /** Events by which nothing can tell whether they come again. */
  readonly withoutId: number;
}

/** Counts by outcome; refusals are counted as `refused`. */
export interface EndpointCounter {
  readonly delivered: (outcome: string, at: string) => void;
  readonly refused: () => void;
  readonly withoutId: () => void;
  readonly read: () => EndpointCounts;
}

/** Counts from zero. Outlives changes of the endpoint. */
export function createEndpointCounter(): EndpointCounter {
  const counts = new Map<string, number>();
  let lastDeliveryAt: string | null = null;
  let withoutId = 0;
  const count = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    delivered: (outcome, at) => {
      count(outcome);
      lastDeliveryAt = at;
    },
    refused: () => count('refused'),
    withoutId: () => {
      withoutId += 1;
    },
    read: () => ({ counts: Object.fromEntries(counts), lastDeliveryAt, withoutId }),
  };
}
