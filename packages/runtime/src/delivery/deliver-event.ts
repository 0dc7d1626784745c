import type { ActivatedElement, InboundOutcome, Logger } from '@bpmn-connectors/sdk';
import { claimKey } from '../claims/claim-key.ts';
import type { CompiledElement } from '../inbound/compiled-element.ts';
import { claimScope } from '../inbound/deduplication.ts';
import { activateElement, consumesUnmatched } from './activate-element.ts';
import { buryEvent, letterKeys } from './bury-event.ts';
import {
  type Delivery,
  type DeliveryEnvironment,
  isSuccess,
  type Taken,
  unavailable,
} from './delivery.ts';
import { findMessageId } from './find-message-id.ts';
import { sendEvent } from './send-event.ts';
import { messageOf } from './step-result.ts';
import { takeClaim } from './take-claim.ts';

/**
 * Processes an event: condition → message id → claim → correlation key → variables → send. Never
 * rejects: trouble of our own is `unavailable`, so that the sender comes again.
 */
export async function deliverEvent(
  delivery: Delivery,
  environment: DeliveryEnvironment,
): Promise<InboundOutcome> {
  try {
    return await activateAndClaim(delivery, environment);
  } catch (error) {
    environment.logger.error({ reason: messageOf(error) }, 'A delivery could not be processed');
    return unavailable('CONNECTION', 'The delivery could not be processed now');
  }
}

async function activateAndClaim(
  delivery: Delivery,
  environment: DeliveryEnvironment,
): Promise<InboundOutcome> {
  const { event, elements, origin } = delivery;
  const activation = activateElement(elements, event.scope);
  if (activation.failure) return buryEvent(delivery, environment, activation.failure);
  const compiled = activation.value;
  if (compiled === undefined) {
    const consume = consumesUnmatched(elements) ?? environment.consumeUnmatchedByDefault;
    return { status: 'not-activated', consume };
  }
  const id = findMessageId(compiled, event);
  if (id.failure) return buryEvent(delivery, environment, id.failure, { compiled });
  const scope = claimScope(compiled.element, compiled.deduplication, origin.address);
  const key =
    id.value === undefined || !compiled.deduplicate
      ? letterKey(delivery, scope)
      : claimKey([...scope, id.value]);
  if (key === undefined) delivery.onWithoutId();
  const until = environment.clock.now() + environment.answerDeadlineMs;
  const taken = { compiled, messageId: id.value, key, until };
  return conclude(delivery, environment, taken, await claimAndSend(delivery, environment, taken));
}

/** A dead letter is processed once, however often and impatiently it is replayed. */
const letterKey = ({ letterId }: Delivery, scope: readonly string[]): string | undefined =>
  letterId === undefined ? undefined : claimKey([...scope, 'letter', letterId]);

async function claimAndSend(
  delivery: Delivery,
  environment: DeliveryEnvironment,
  taken: Taken,
): Promise<InboundOutcome | Awaited<ReturnType<typeof sendEvent>>> {
  const { compiled, key, until } = taken;
  if (key === undefined) return sendEvent(delivery, environment, taken);
  const decision = await takeClaim(key, needsDurable(compiled, environment), until, environment);
  if (!decision.claimed) return decision.outcome;
  if (decision.again) warnAgain(compiled.activated, environment.logger);
  return sendEvent(delivery, environment, taken);
}

/**
 * Where the process runtime takes no id, the claim alone keeps the event from being processed twice. Ids of
 * messages are kept for their time to live: without one none is.
 */
function needsDurable(
  { element, synchronous, timeToLiveMs }: CompiledElement,
  { deduplicates, messageTtlMs }: DeliveryEnvironment,
): boolean {
  if (element.elementType === 'startEvent') return deduplicates?.start !== true;
  const isKept = (timeToLiveMs ?? messageTtlMs) > 0;
  return synchronous || !isKept || deduplicates?.publish !== true;
}

function warnAgain({ processId, elementId }: ActivatedElement, logger: Logger): void {
  logger.warn(
    { processId, elementId },
    'A delivery whose processing was cut short is processed again: possible duplicate',
  );
}

/** A rejected event is kept; a success is the end of the letter that an earlier attempt left. */
async function conclude(
  delivery: Delivery,
  environment: DeliveryEnvironment,
  taken: Taken,
  outcome: Awaited<ReturnType<typeof claimAndSend>>,
): Promise<InboundOutcome> {
  if (outcome.status === 'rejected') {
    const code = outcome.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'REJECTED';
    const failure = { step: 'send', code, message: outcome.message } as const;
    return buryEvent(delivery, environment, failure, taken);
  }
  const element = taken.compiled.activated;
  if (outcome.status === 'unprocessable' || outcome.status === 'not-activated') return outcome;
  if (isSuccess(outcome)) environment.letters.close(letterKeys(delivery, taken.key));
  return { ...outcome, element };
}
