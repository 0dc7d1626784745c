import type { InboundConnector, InboundPhase } from '@bpmn-connectors/sdk';

/** Where the connector runtime is in its life. */
export interface Phases {
  current(): InboundPhase;
  /** Tells the connectors, too. */
  enter(phase: InboundPhase): void;
}

/** Begins with `activating`. */
export function createPhases(connectors: Iterable<InboundConnector>): Phases {
  const told = [...connectors];
  let phase: InboundPhase = 'activating';
  return {
    current: () => phase,
    enter: (next) => {
      phase = next;
      for (const connector of told) connector.enter?.(next);
    },
  };
}
