import type {
  HttpAnswer,
  HttpReceiver,
  HttpRequest,
  InboundConnector,
  InboundContext,
  InboundPhase,
  PreparedEndpoint,
} from '@bpmn-connectors/sdk';
import { answerRefusal } from './answer/answer-refusal.ts';
import { createKeySets } from './auth/create-key-sets.ts';
import { createInFlight } from './endpoint/create-in-flight.ts';
import { describeEndpoint } from './endpoint/describe-endpoint.ts';
import type { ActiveEndpoint, Endpoint } from './endpoint/endpoint.ts';
import { handleDelivery } from './endpoint/handle-delivery.ts';
import { readEndpoint } from './endpoint/read-endpoint.ts';
import { findWebhookId } from './request/find-webhook-id.ts';
import { readDelivery } from './request/read-delivery.ts';
import { webhookDefinition } from './webhook-definition.ts';
import {
  readWebhookOptions,
  type WebhookOptions,
  type WebhookSettings,
} from './webhook-options.ts';

/** The webhook connector: told about endpoints by a connector runtime, about requests by a server. */
export interface WebhookConnector extends InboundConnector, HttpReceiver {
  enter(phase: InboundPhase): void;
  /** Answers 503 from now on; resolves when the requests in flight are answered. */
  close(): Promise<void>;
}

/**
 * Makes a webhook connector. It serves `io.camunda:webhook:1`: elements made with Camunda's webhook and
 * EventBridge templates. One instance answers for all webhooks of a connector runtime.
 * @throws {ConfigurationError} an option is unknown or out of range.
 * @example
 * const hooks = webhook();
 * const inbound = createInbound({ connectors: [hooks], send: (command) => engine.send(command) });
 * app.use('/webhooks', createExpressHandler(hooks)); // before express.json()
 */
export function webhook(options: WebhookOptions = {}): WebhookConnector {
  const settings = readWebhookOptions(options);
  const routes = new Map<string, ActiveEndpoint>();
  const keySets = createKeySets(settings.jwks);
  const inFlight = createInFlight();
  let phase: InboundPhase = 'activating';
  let closed = false;

  const answer = async (request: HttpRequest): Promise<HttpAnswer> => {
    if (phase === 'draining') return answerRefusal('DRAINING', settings.retryAfterSeconds);
    const endpoint = routes.get(findWebhookId(request.path) ?? '');
    if (endpoint !== undefined) return answerSafely(endpoint, request, settings);
    const code = phase === 'activating' ? 'NOT_READY' : 'NOT_FOUND';
    return answerRefusal(code, settings.retryAfterSeconds);
  };

  return {
    definition: webhookDefinition,
    prepare: (properties) =>
      prepareEndpoint(readEndpoint(properties, settings, keySets), routes, settings),
    handle: (request) => inFlight.track(answer(request)),
    enter: (next) => {
      if (!closed) phase = next;
    },
    close: async () => {
      closed = true;
      phase = 'draining';
      await inFlight.idle();
      routes.clear();
      keySets.clear();
    },
  };
}

/** A request always gets an answer, whatever breaks. */
async function answerSafely(
  endpoint: ActiveEndpoint,
  request: HttpRequest,
  settings: WebhookSettings,
): Promise<HttpAnswer> {
  try {
    return await handleDelivery(endpoint, request, settings);
  } catch (error) {
    const { webhookId, context } = endpoint;
    // An unforeseen error's message may quote the payload; its frames cannot.
    const frames = error instanceof Error ? error.stack?.match(/^\s+at .*$/gm) : undefined;
    context.logger.error({ webhookId, code: 'INTERNAL', frames }, 'A request could not be handled');
    return answerRefusal('INTERNAL', settings.retryAfterSeconds);
  }
}

function prepareEndpoint(
  endpoint: Endpoint,
  routes: Map<string, ActiveEndpoint>,
  settings: WebhookSettings,
): PreparedEndpoint {
  const { webhookId } = endpoint;
  return {
    address: webhookId,
    description: describeEndpoint(endpoint, settings.baseUrls),
    read: (raw) => readDelivery(raw, settings, endpoint.authenticator),
    activate: async (context: InboundContext) => {
      const active = { ...endpoint, context };
      routes.set(webhookId, active);
      return async () => {
        if (routes.get(webhookId) === active) routes.delete(webhookId);
      };
    },
  };
}
