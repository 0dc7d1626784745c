import type { InboundEvent, InboundOutcome, RawDelivery } from '@bpmn-connectors/sdk';
import { explainDelivery } from '../delivery/explain-delivery.ts';
import type { ActiveEndpoint } from '../endpoints/active-endpoint.ts';
import type { DeadLetterBox } from './create-dead-letter-box.ts';
import type { DeadLetter, LetterOrigin } from './dead-letter.ts';
import type { DeadLetters, DeadLetterView, DeliveryStepView } from './dead-letters.ts';

/** What dead letters are shown and replayed with. */
export interface DeadLetterHandling {
  readonly box: DeadLetterBox;
  readonly find: (origin: LetterOrigin) => ActiveEndpoint | undefined;
  readonly deliver: (
    endpoint: ActiveEndpoint,
    event: InboundEvent,
    letterId: string,
  ) => Promise<InboundOutcome>;
}

const successes: ReadonlySet<string> = new Set(['started', 'correlated', 'accepted', 'duplicate']);

/** Joins the letters that are kept with the endpoints that are served now. */
export function createDeadLetters({ box, find, deliver }: DeadLetterHandling): DeadLetters {
  return {
    list: async (query = {}) => {
      const { items, cursor } = await box.list(query);
      return { items: items.map(viewOf), cursor };
    },
    get: async (id) => {
      const found = await box.get(id);
      if (found === undefined) return undefined;
      const { letter, raw } = found;
      return {
        ...viewOf(letter),
        envelope: raw.envelope,
        bodyBase64: Buffer.from(raw.body).toString('base64'),
        steps: stepsOf(find(letter.origin), raw),
      };
    },
    replay: async (id) => {
      const found = await box.get(id);
      if (found === undefined) return undefined;
      const endpoint = find(found.letter.origin);
      if (endpoint === undefined)
        return { outcome: 'failed', reason: 'The endpoint is not active' };
      const event = read(endpoint, found.raw);
      if ('reason' in event) return { outcome: 'failed', reason: event.reason };
      const outcome = await deliver(endpoint, event, id);
      if (successes.has(outcome.status)) await box.remove(id);
      return 'message' in outcome
        ? { outcome: outcome.status, reason: outcome.message }
        : { outcome: outcome.status };
    },
  };
}

function read(
  { lead }: ActiveEndpoint,
  raw: RawDelivery,
): InboundEvent | { readonly reason: string } {
  try {
    return lead.prepared.read(raw);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : 'The delivery cannot be read' };
  }
}

function stepsOf(
  endpoint: ActiveEndpoint | undefined,
  raw: RawDelivery,
): readonly DeliveryStepView[] {
  if (endpoint === undefined) return [{ step: 'route', decision: 'endpoint not active' }];
  const event = read(endpoint, raw);
  if ('reason' in event) return [{ step: 'parse', decision: 'failed', reason: event.reason }];
  return [
    { step: 'parse', decision: 'read' },
    ...explainDelivery(endpoint.elements, event, endpoint.lead.mask),
  ];
}

const viewOf = ({ id, at, origin, step, code, message }: DeadLetter): DeadLetterView => ({
  id,
  webhookId: origin.webhookId,
  at: new Date(at).toISOString(),
  step,
  code,
  message,
});
