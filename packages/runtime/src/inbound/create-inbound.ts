import type { InboundConnector, InboundEvent, InboundOutcome, Logger } from '@bpmn-connectors/sdk';
import { chooseClaims } from '../claims/choose-claims.ts';
import { connectorsByType } from '../connectors/connectors-by-type.ts';
import { createDeadLetterBox, type DeadLetterBox } from '../dead-letters/create-dead-letter-box.ts';
import { createDeadLetters } from '../dead-letters/create-dead-letters.ts';
import { createJournalLetters } from '../dead-letters/create-journal-letters.ts';
import { createMemoryLetters } from '../dead-letters/create-memory-letters.ts';
import { createDeliveryRecords } from '../deliveries/create-delivery-records.ts';
import { deliverEvent } from '../delivery/deliver-event.ts';
import { explainDelivery } from '../delivery/explain-delivery.ts';
import { messageOf } from '../delivery/step-result.ts';
import type { ActiveEndpoint } from '../endpoints/active-endpoint.ts';
import { checkElements } from '../endpoints/check-elements.ts';
import { createRegistry, type Registry } from '../endpoints/create-registry.ts';
import { endpointView } from '../endpoints/endpoint-view.ts';
import { guardTelemetry } from '../telemetry/guard-telemetry.ts';
import { createPhases } from './create-phases.ts';
import { createTasks, type Tasks } from './create-tasks.ts';
import { createUpdater } from './create-updater.ts';
import type { Inbound } from './inbound.ts';
import {
  type InboundOptions,
  type InboundSettings,
  readInboundOptions,
} from './inbound-options.ts';

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
  const { clock, logger, telemetry, secrets } = settings;
  const connectors = connectorsByType(settings.connectors);
  const tasks = createTasks();
  const letters = letterBoxOf(settings);
  const deliver = delivererOf(settings, letters, tasks);
  const records = createDeliveryRecords(clock, guardTelemetry(telemetry, logger));
  const surroundings = { context: { logger, clock }, deliver, ...records };
  const registry = createRegistry({ connectors, secrets, surroundings, logger });
  const phases = createPhases(connectors.values());
  const updater = createUpdater(registry, phases, tasks, settings);
  return {
    get phase() {
      return phases.current();
    },
    update: (elements) => updater.update(elements),
    check: (elements) =>
      checkElements(elements, { connectors, secrets, active: registry.active() }),
    endpoints: () => registry.statuses().map(endpointView),
    deliveries: (query) => records.deliveries.list(query),
    refusals: () => records.refusals.list(),
    deadLetters: createDeadLetters({
      box: letters,
      find: ({ connectorType, address }) => registry.find(connectorType, address),
      deliver,
    }),
    close: async () => {
      updater.stop();
      phases.drain();
      await tasks.inTurn(() => closeAll(connectors, registry, logger));
      await tasks.idle(settings.answerDeadlineMs, clock);
    },
  };
}

const letterBoxOf = ({ journal, clock, deadLetters }: InboundSettings): DeadLetterBox =>
  createDeadLetterBox(
    journal === undefined ? createMemoryLetters() : createJournalLetters(journal),
    clock,
    deadLetters,
  );

type Deliver = (
  endpoint: ActiveEndpoint,
  event: InboundEvent,
  letterId?: string,
) => Promise<InboundOutcome>;

function delivererOf(settings: InboundSettings, letters: DeadLetterBox, tasks: Tasks): Deliver {
  const environment = {
    ...settings,
    letters,
    claims: chooseClaims(settings),
    track: (work: Promise<unknown>) => void tasks.track(work),
  };
  return ({ elements, origin, lead, counter }, event, letterId) => {
    const { mask } = lead;
    const { withoutId: onWithoutId } = counter;
    settings.explained?.(explainDelivery(elements, event, mask));
    const delivery = { event, elements, origin, mask, onWithoutId, letterId };
    return tasks.track(deliverEvent(delivery, environment));
  };
}

async function closeAll(
  connectors: ReadonlyMap<string, InboundConnector>,
  registry: Registry,
  logger: Logger,
): Promise<void> {
  const closeOne = async (connector: InboundConnector): Promise<void> => {
    try {
      await connector.close?.();
    } catch (error) {
      const fields = { type: connector.definition.type, reason: messageOf(error) };
      logger.error(fields, 'A connector failed to close');
    }
  };
  await Promise.all([...connectors.values()].map(closeOne));
  await registry.clear();
}
