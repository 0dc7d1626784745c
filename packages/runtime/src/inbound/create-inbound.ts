import {
  type Claims,
  ConfigurationError,
  type DeployedInboundElement,
  type InboundConnector,
  type InboundEvent,
  type InboundOutcome,
  type InboundPhase,
} from '@bpmn-connectors/sdk';
import { createJournalClaims } from '../claims/create-journal-claims.ts';
import { createMemoryClaims } from '../claims/create-memory-claims.ts';
import { createDeadLetterBox } from '../dead-letters/create-dead-letter-box.ts';
import { createDeadLetters } from '../dead-letters/create-dead-letters.ts';
import { createJournalLetters } from '../dead-letters/create-journal-letters.ts';
import { createMemoryLetters } from '../dead-letters/create-memory-letters.ts';
import { createDeliveryLog } from '../deliveries/create-delivery-log.ts';
import { createRefusalLog } from '../deliveries/create-refusal-log.ts';
import { deliverEvent } from '../delivery/deliver-event.ts';
import type { DeliveryEnvironment } from '../delivery/delivery.ts';
import type { ActiveEndpoint, EndpointSurroundings } from '../endpoints/active-endpoint.ts';
import { checkElements } from '../endpoints/check-elements.ts';
import { createRegistry } from '../endpoints/create-registry.ts';
import { type EndpointState, endpointView } from '../endpoints/endpoint-view.ts';
import { createTasks } from './create-tasks.ts';
import type { Inbound, UpdateReport } from './inbound.ts';
import { type InboundOptions, readInboundOptions } from './inbound-options.ts';

type Settings = ReturnType<typeof readInboundOptions>;

/**
 * Makes the inbound half of a connector runtime. It has no loop of its own: `update` tells it what is
 * deployed, `send` takes what comes in.
 * @throws {ConfigurationError} two connectors have the same `inbound.type`.
 * @example
 * const hooks = webhook();
 * const inbound = createInbound({ connectors: [hooks], send: (command) => engine.send(command) });
 * await inbound.update((await readModel(xml)).inboundElements);
 */
export function createInbound(options: InboundOptions): Inbound {
  const settings = readInboundOptions(options);
  const { clock, logger, telemetry, secrets, journal } = settings;
  const connectors = byType(settings.connectors);
  const letters = createDeadLetterBox(
    journal === undefined ? createMemoryLetters() : createJournalLetters(journal),
    clock,
    settings.deadLetters,
  );
  const tasks = createTasks();
  const deliveries = createDeliveryLog();
  const refusals = createRefusalLog();
  const environment: DeliveryEnvironment = {
    send: settings.send,
    deduplicates: settings.deduplicates,
    claims: claimsOf(settings),
    letters,
    logger,
    clock,
    messageTtlMs: settings.messageTtlMs,
    answerDeadlineMs: settings.answerDeadlineMs,
    consumeUnmatchedByDefault: settings.consumeUnmatchedByDefault,
    track: (work) => void tasks.track(work),
  };
  const deliver = (
    { elements, origin, lead }: ActiveEndpoint,
    event: InboundEvent,
    letterId?: string,
  ): Promise<InboundOutcome> => {
    const replay = letterId === undefined ? {} : { letterId };
    const delivery = { event, elements, origin, mask: lead.mask, ...replay };
    return tasks.track(deliverEvent(delivery, environment));
  };
  const surroundings: EndpointSurroundings = {
    context: { logger, clock },
    deliver,
    delivered: ({ origin, counter }, summary) => {
      counter.delivered(summary.outcome, summary.at);
      const { connectorType, webhookId: endpoint } = origin;
      const kept = deliveries.add({ ...summary, connectorType, endpoint });
      telemetry?.delivery?.(kept);
    },
    refused: ({ origin, counter }, refusal) => {
      counter.refused();
      const { connectorType, webhookId: endpoint } = origin;
      refusals.add({
        ...refusal,
        connectorType,
        endpoint,
        at: new Date(clock.now()).toISOString(),
      });
    },
  };
  const registry = createRegistry({ connectors, secrets, surroundings, logger });
  const find = (type: string, address: string) => registry.find(type, address);
  let phase: InboundPhase = 'activating';
  const enter = (next: InboundPhase): void => {
    phase = next;
    for (const connector of connectors.values()) connector.enter?.(next);
  };
  let latest: readonly DeployedInboundElement[] = [];
  let cancelRetry: (() => void) | undefined;

  const apply = async (): Promise<UpdateReport> => {
    cancelRetry?.();
    if (phase === 'draining') return { active: 0, queued: 0, failed: 0, problems: [] };
    const { problems, retryable } = await registry.apply(latest);
    if (retryable) {
      cancelRetry = clock.schedule(settings.retryActivationMs, () => {
        tasks.inTurn(apply).catch((error: unknown) => {
          logger.error({ error }, 'Endpoints could not be tried again');
        });
      });
    }
    if (phase === 'activating') enter('active');
    const states = registry.statuses().map(({ state }) => state);
    const count = (state: EndpointState): number => states.filter((one) => one === state).length;
    return { active: count('active'), queued: count('queued'), failed: count('failed'), problems };
  };

  return {
    get phase() {
      return phase;
    },
    update: (elements) =>
      tasks.inTurn(() => {
        latest = elements;
        return apply();
      }),
    check: (elements) =>
      checkElements(elements, { connectors, secrets, active: registry.active() }),
    endpoints: () => registry.statuses().map(endpointView),
    deliveries: (query) => deliveries.list(query),
    refusals: () => refusals.list(),
    deadLetters: createDeadLetters({
      box: letters,
      find: ({ connectorType, address }) => find(connectorType, address),
      deliver,
    }),
    close: async () => {
      cancelRetry?.();
      enter('draining');
      await tasks.inTurn(async () => {
        await Promise.all([...connectors.values()].map(async (connector) => connector.close?.()));
        await registry.clear();
      });
      await tasks.idle(settings.answerDeadlineMs, clock);
    },
  };
}

function claimsOf({ claims, journal, clock, claimRetentionMs, logger }: Settings): Claims {
  if (claims !== undefined) return claims;
  const options =
    claimRetentionMs === undefined ? { clock } : { clock, retentionMs: claimRetentionMs };
  if (journal !== undefined) return createJournalClaims(journal, options);
  logger.warn(
    {},
    'There is no journal: claims and dead letters are kept in memory, and a redelivery after a restart is processed again',
  );
  return createMemoryClaims(options);
}

function byType(connectors: readonly InboundConnector[]): Map<string, InboundConnector> {
  const map = new Map<string, InboundConnector>();
  for (const connector of connectors) {
    const { type } = connector.definition;
    if (map.has(type)) {
      throw new ConfigurationError([
        {
          where: 'connectors',
          reason: `two inbound connectors have the type ${type}`,
          fix: 'Leave one of them out',
        },
      ]);
    }
    map.set(type, connector);
  }
  return map;
}
