import type { Route } from './route.ts';
import { deploy } from './routes/deploy.ts';
import { getDeadLetter } from './routes/get-dead-letter.ts';
import { getInstance } from './routes/get-instance.ts';
import { getLive } from './routes/get-live.ts';
import { getMetrics } from './routes/get-metrics.ts';
import { getOpenApi } from './routes/get-openapi.ts';
import { getReady } from './routes/get-ready.ts';
import { getTemplate } from './routes/get-template.ts';
import { getTemplateIndex } from './routes/get-template-index.ts';
import { listDeadLetters } from './routes/list-dead-letters.ts';
import { listDeliveries } from './routes/list-deliveries.ts';
import { listEndpoints } from './routes/list-endpoints.ts';
import { listIncidents } from './routes/list-incidents.ts';
import { listInstances } from './routes/list-instances.ts';
import { replayDeadLetter } from './routes/replay-dead-letter.ts';
import { resolveIncident } from './routes/resolve-incident.ts';

/** All operations of the management API. */
export function createRoutes(): readonly Route[] {
  const routes: readonly Route[] = [
    getLive,
    getReady,
    getMetrics,
    listEndpoints,
    listInstances,
    getInstance,
    listIncidents,
    resolveIncident,
    listDeliveries,
    listDeadLetters,
    getDeadLetter,
    replayDeadLetter,
    deploy,
    getTemplateIndex,
    getTemplate,
    getOpenApi(() => routes),
  ];
  return routes;
}
