import {
  type HttpAnswer,
  type HttpRequest,
  type InboundEvent,
  type InboundOutcome,
  type TracedEvent,
  traceEvent,
  traceIdOf,
} from '@bpmn-connectors/sdk';
import { answerChallenge } from '../answer/answer-challenge.ts';
import { answerRefusal } from '../answer/answer-refusal.ts';
import { decideAnswer } from '../answer/decide-answer.ts';
import { type Response, respond } from '../answer/respond.ts';
import { worstOf } from '../answer/worst-of.ts';
import { answerHandshake } from '../cloud-events/answer-handshake.ts';
import { readCloudEvents } from '../cloud-events/read-cloud-events.ts';
import { allowedMethods, takesMethod } from '../request/check-method.ts';
import { receiveEvent } from '../request/receive-event.ts';
import type { Refused } from '../request/refused.ts';
import { webhookCodes } from '../webhook-codes.ts';
import type { WebhookSettings } from '../webhook-options.ts';
import { correlateInTime } from './correlate-in-time.ts';
import type { ActiveEndpoint } from './endpoint.ts';
import { refuseTooMany } from './refuse-too-many.ts';
import { refuseUnfit } from './refuse-unfit.ts';

/** Takes a request for a webhook from its method to its answer. */
export async function handleDelivery(
  endpoint: ActiveEndpoint,
  request: HttpRequest,
  settings: WebhookSettings,
): Promise<HttpAnswer> {
  const { context, method, verification } = endpoint;
  const taken = takesMethod(method, request.method);
  // A challenge may come by another method than the events do: Meta's is a GET. As in Camunda.
  if (!taken && (verification === undefined || !takesMethod('any', request.method))) {
    return answerOtherMethod(endpoint, request, settings);
  }
  const startedAt = context.clock.now();
  const received = await receiveEvent(endpoint, request, settings);
  if (received.refused) return refused(endpoint, received.refused, settings);
  const limited = refuseTooMany(endpoint);
  if (limited !== undefined) return refused(endpoint, limited, settings);
  if (verification !== undefined) {
    const challenge = answerChallenge(verification, received.value);
    if (challenge.refused) return refused(endpoint, challenge.refused, settings);
    if (challenge.value !== undefined) return challenge.value;
  }
  if (!taken) return answerOtherMethod(endpoint, request, settings);
  return deliverAll(endpoint, received.value, startedAt, settings);
}

/** One event, or those of a batch. */
async function deliverAll(
  endpoint: ActiveEndpoint,
  received: InboundEvent,
  startedAt: number,
  settings: WebhookSettings,
): Promise<HttpAnswer> {
  const events = readCloudEvents(received);
  if (events.refused) return refused(endpoint, events.refused, settings);
  for (const event of events.value) {
    const unfit = refuseUnfit(endpoint, event);
    if (unfit !== undefined) return refused(endpoint, unfit, settings);
  }
  const deliver = (event: InboundEvent) => deliverEvent(endpoint, event, startedAt, settings);
  const [only, ...others] = events.value;
  if (only !== undefined && others.length === 0) return deliver(only);
  return worstOf(await Promise.all(events.value.map(deliver)));
}

async function deliverEvent(
  endpoint: ActiveEndpoint,
  event: InboundEvent,
  startedAt: number,
  settings: WebhookSettings,
): Promise<HttpAnswer> {
  const { context } = endpoint;
  const traced = traceEvent(context, event, startedAt);
  const outcome = await correlateInTime(context, traced, settings.answerTimeoutMs);
  const { step, response } = conclude(outcome, event, settings);
  leaveSummary(endpoint, startedAt, outcome, step, response, traced);
  return response.answer;
}

function answerOtherMethod(
  endpoint: ActiveEndpoint,
  request: HttpRequest,
  settings: WebhookSettings,
): HttpAnswer {
  const headers = { allow: allowedMethods(endpoint.method) };
  if (request.method === 'OPTIONS') {
    return answerHandshake(endpoint, request, headers.allow) ?? { status: 204, headers };
  }
  return refused(endpoint, { step: 'method', code: 'METHOD_NOT_ALLOWED', headers }, settings);
}

function refused(
  { context }: ActiveEndpoint,
  { code, step, reason, headers, detail, retryAfterSeconds }: Refused,
  settings: WebhookSettings,
): HttpAnswer {
  context.refused({ step, code: reason ?? code, status: webhookCodes[code].status });
  const seconds = retryAfterSeconds ?? settings.retryAfterSeconds;
  return answerRefusal(code, seconds, headers, detail);
}

function conclude(
  outcome: InboundOutcome,
  event: InboundEvent,
  settings: WebhookSettings,
): { readonly step: string; readonly response: Response } {
  const { code, step } = decideAnswer(outcome, settings.consumeUnmatchedEvents);
  if (code === undefined) return { step, response: respond(outcome, event) };
  const retryAfterMs = outcome.status === 'unavailable' ? outcome.retryAfterMs : undefined;
  const seconds =
    retryAfterMs === undefined ? settings.retryAfterSeconds : Math.ceil(retryAfterMs / 1000);
  return { step, response: { answer: answerRefusal(code, Math.max(1, seconds)) } };
}

function leaveSummary(
  { context }: ActiveEndpoint,
  startedAt: number,
  outcome: InboundOutcome,
  step: string,
  { answer, problem }: Response,
  { event: { trace }, span }: TracedEvent,
): void {
  const processInstanceKey =
    'processInstanceKey' in outcome ? outcome.processInstanceKey : undefined;
  try {
    const summary = {
      at: new Date(startedAt).toISOString(),
      status: answer.status,
      outcome: outcome.status,
      step,
      durationMs: context.clock.now() - startedAt,
      ...(processInstanceKey === undefined ? {} : { processInstanceKey }),
      ...(trace === undefined ? {} : { traceId: traceIdOf(trace) }),
      ...(problem === undefined ? {} : { problem }),
    };
    context.delivered(summary, span);
  } catch {
    // The event is in: a summary that cannot be left must not become a redelivery.
    context.logger.warn({ code: 'SUMMARY_FAILED' }, 'The summary of a delivery was not taken');
  }
}
