import type { Refusal } from '@bpmn-connectors/sdk';

/** A request of a stranger that was turned away. */
export interface RefusalView extends Refusal {
  readonly connectorType: string;
  /** What the endpoint is called by its connector: the webhook id. */
  readonly endpoint: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The last refusals: strangers must not be able to fill anything. */
export interface RefusalLog {
  add(refusal: RefusalView): void;
  /** Newest first. */
  list(): readonly RefusalView[];
}

/** Remembers so many refusals. */
export function createRefusalLog(capacity = 100): RefusalLog {
  const refusals: RefusalView[] = [];
  return {
    add: (refusal) => {
      refusals.push(refusal);
      if (refusals.length > capacity) refusals.shift();
    },
    list: () => refusals.toReversed(),
  };
}
