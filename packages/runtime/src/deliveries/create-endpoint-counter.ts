/** What came in at an address so far. */
export interface EndpointCounts {
  readonly counts: Readonly<Record<string, number>>;
  /** ISO 8601. */
  readonly lastDeliveryAt: string | null;
}

/** Counts by outcome; refusals are counted as `refused`. */
export interface EndpointCounter {
  delivered(outcome: string, at: string): void;
  refused(): void;
  read(): EndpointCounts;
}

/** Counts from zero. Outlives redeployments of the endpoint. */
export function createEndpointCounter(): EndpointCounter {
  const counts = new Map<string, number>();
  let lastDeliveryAt: string | null = null;
  const count = (name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  return {
    delivered: (outcome, at) => {
      count(outcome);
      lastDeliveryAt = at;
    },
    refused: () => count('refused'),
    read: () => ({ counts: Object.fromEntries(counts), lastDeliveryAt }),
  };
}
