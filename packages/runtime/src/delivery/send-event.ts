import type { Command, InboundOutcome, Outcome } from '@bpmn-connectors/sdk';
import { within } from '../time/within.ts';
import { buildCommand } from './build-command.ts';
import { buryEvent } from './bury-event.ts';
import {
  type Delivery,
  type DeliveryEnvironment,
  isSuccess,
  type Taken,
  unavailable,
} from './delivery.ts';
import { findCorrelationKey } from './find-correlation-key.ts';
import { mapVariables } from './map-variables.ts';
import { messageOf, type StepFailure } from './step-result.ts';

/** Of the time a sender waits, so much may be spent on waiting for an instance's end. */
const shareOfInstance = 0.75;

/** Correlation key → variables → send, for an event whose claim is ours. The claim is settled in any case. */
export async function sendEvent(
  delivery: Delivery,
  environment: DeliveryEnvironment,
  taken: Taken,
): Promise<Outcome | InboundOutcome> {
  const { compiled, key } = taken;
  const { scope } = delivery.event;
  const giveUp = (failure: StepFailure): Promise<InboundOutcome> => {
    if (key !== undefined) environment.claims.release(key);
    return buryEvent(delivery, environment, failure, taken);
  };
  const correlation = findCorrelationKey(compiled, scope);
  if (correlation.failure) return giveUp(correlation.failure);
  const mapped = mapVariables(compiled, scope);
  if (mapped.failure) return giveUp(mapped.failure);
  const { answerDeadlineMs, clock } = environment;
  const command = buildCommand(compiled, {
    variables: mapped.value,
    correlationKey: correlation.value,
    messageId: taken.messageId,
    idempotencyKey: key,
    trace: delivery.event.trace,
    defaultTimeToLiveMs: environment.messageTtlMs,
    awaitResultMs: Math.trunc(answerDeadlineMs * shareOfInstance),
  });
  const sending = sendAndSettle(command, key, environment);
  environment.track(sending);
  const outcome = await within(sending, taken.until - clock.now(), clock);
  return outcome ?? unavailable('TIMEOUT', 'The process runtime did not answer in time');
}

/** The claim is settled when the process runtime answers, also where that is too late for the sender. */
async function sendAndSettle(
  command: Command,
  key: string | undefined,
  environment: DeliveryEnvironment,
): Promise<Outcome> {
  const { claims } = environment;
  const outcome = await handOver(command, environment);
  if (key === undefined) return outcome;
  if (isSuccess(outcome)) claims.confirm(key, outcome);
  else claims.release(key, outcome.status === 'rejected' ? undefined : outcome);
  return outcome;
}

async function handOver(command: Command, { send, logger }: DeliveryEnvironment): Promise<Outcome> {
  try {
    return await send(command);
  } catch (error) {
    logger.error({ reason: messageOf(error) }, 'The process runtime failed to take a command');
    return unavailable('CONNECTION', 'The process runtime failed');
  }
}
