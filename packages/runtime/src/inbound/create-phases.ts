import type { InboundConnector, InboundPhase } from '@bpmn-connectors/sdk';

/** Where the connector runtime is in its life. */
export interface Phases {
  current(): InboundPhase;
  /**
   * What is deployed is in place. While something of it failed for a passing reason, connectors are told
   * that activation goes on: they must not take its address for unknown, since a sender would give up.
   * After `drain` nothing changes any more.
   */
  settle(complete: boolean): void;
  drain(): void;
}

/** Begins with `activating`. */
export function createPhases(connectors: Iterable<InboundConnector>): Phases {
  const all = [...connectors];
  let current: InboundPhase = 'activating';
  let told: InboundPhase = 'activating';
  const tell = (phase: InboundPhase): void => {
    if (told === phase) return;
    told = phase;
    for (const connector of all) connector.enter?.(phase);
  };
  return {
    current: () => current,
    settle: (complete) => {
      if (current === 'draining') return;
      current = 'active';
      tell(complete ? 'active' : 'activating');
    },
    drain: () => {
      current = 'draining';
      tell('draining');
    },
  };
}
