import type { EndpointView } from '@bpmn-connectors/runtime';
import { Counter, Gauge, type Registry } from 'prom-client';

const states: readonly EndpointView['state'][] = ['active', 'queued', 'failed'];

/** Figures of inbound elements, read when asked for. */
export function addEndpointFigures(
  register: Registry,
  endpoints: () => readonly EndpointView[],
): void {
  const registers = [register];
  new Gauge({
    name: 'bpmn_connectors_elements',
    help: 'Inbound elements by state.',
    labelNames: ['state'],
    registers,
    collect() {
      const all = endpoints();
      for (const state of states)
        this.set({ state }, all.filter((one) => one.state === state).length);
    },
  });
  new Counter({
    name: 'bpmn_connectors_refusals_total',
    help: 'Requests turned away before they were events: wrong credentials, bodies, methods.',
    labelNames: ['endpoint'],
    registers,
    collect() {
      this.reset();
      // Elements that share an address share its counts.
      const byEndpoint = new Map(
        endpoints().map(({ webhookId, counts }) => [webhookId, counts['refused'] ?? 0]),
      );
      for (const [endpoint, refused] of byEndpoint) this.inc({ endpoint }, refused);
    },
  });
}
