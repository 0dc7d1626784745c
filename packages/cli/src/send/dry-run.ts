import {
  createInbound,
  type DeliveryStepView,
  type EndpointView,
  type Inbound,
} from '@bpmn-connectors/runtime';
import type { Command, Outcome } from '@bpmn-connectors/sdk';
import type { Io } from '../io/io.ts';
import { createConnectors } from '../serve/create-connectors.ts';
import { secretsOf } from '../serve/secrets-of.ts';
import type { SignedRequest } from './build-request.ts';
import { chooseWebhook } from './choose-webhook.ts';
import { createDryRequest } from './create-dry-request.ts';
import type { DescribedAnswer } from './describe-answer.ts';
import { readDryRunEndpoints } from './read-dry-run-endpoints.ts';

/** What would become of a request. */
export interface DryRun {
  readonly webhookId: string;
  readonly steps: readonly DeliveryStepView[];
  /** What the sender would be told. */
  readonly answer: DescribedAnswer;
}

/** What a dry run is asked. */
export interface DryRunQuestion {
  /** Model or configuration. */
  readonly file: string;
  /** URL, path or id of the webhook; undefined: the only one. */
  readonly to: string | undefined;
  /** Makes the request, once it is known for which URL. */
  readonly build: (url: string) => SignedRequest;
}

/**
 * Takes a request through all steps of its webhook, with connectors of its own that serve nothing. What would
 * go to the process runtime is told instead, and whatever is remembered ends with the run.
 * @throws {ConfigurationError} the file has no such webhook, or it cannot be served.
 * @throws {UsageError} the configuration or the request is wrong.
 */
export async function dryRun(
  { file, to, build }: DryRunQuestion,
  io: Pick<Io, 'env' | 'cwd'>,
): Promise<DryRun> {
  const { configuration, elements } = await readDryRunEndpoints(file, io);
  const events: (readonly DeliveryStepView[])[] = [];
  const sends: DeliveryStepView[] = [];
  const { hooks } = createConnectors(configuration, '');
  const inbound = createInbound({
    connectors: [hooks],
    secrets: secretsOf(configuration, io.env, io.cwd),
    explained: (steps) => void events.push(steps),
    send: async (command) => {
      sends.push(sendStep(command));
      return outcomeOf(command);
    },
  });
  try {
    const problems = await inbound.check(elements);
    await inbound.update(elements);
    const endpoints = inbound.endpoints();
    const webhookId = chooseWebhook(to, { file, endpoints, problems });
    const base = configuration.publicUrl ?? `http://127.0.0.1:${configuration.port}`;
    const request = build(urlOf(to, base, webhookId));
    const { body = '', ...answer } = await hooks.handle(createDryRequest(request, webhookId));
    const endpoint = endpoints.find((one) => one.webhookId === webhookId);
    return {
      webhookId,
      steps: [...arrival(inbound, endpoint), ...inTurn(events), ...sends, ...end(inbound)],
      answer: { ...answer, body: Buffer.from(body).toString() },
    };
  } finally {
    await inbound.close();
  }
}

function urlOf(to: string | undefined, base: string, webhookId: string): string {
  if (to !== undefined && /^https?:/i.test(to)) return to;
  return base + (to?.startsWith('/') ? to : `/webhooks/${encodeURIComponent(webhookId)}`);
}

/** Whether the request was let in; a refusal is for the operator, the sender is told less. */
function arrival(
  inbound: Inbound,
  endpoint: EndpointView | undefined,
): readonly DeliveryStepView[] {
  const [refusal] = inbound.refusals();
  if (refusal !== undefined) {
    const { step, code, status } = refusal;
    return [{ step, decision: `refused with ${status}`, reason: code }];
  }
  return [{ step: 'authenticate', decision: `passed: ${endpoint?.auth ?? ''}` }];
}

/** Those of a batch are told apart. */
const inTurn = (events: readonly (readonly DeliveryStepView[])[]): readonly DeliveryStepView[] =>
  events.length === 1
    ? events.flat()
    : events.flatMap((steps, index) => [
        { step: 'event', decision: `${index + 1} of ${events.length}` },
        ...steps,
      ]);

/** A response expression that is not heeded does not change the success. */
function end(inbound: Inbound): readonly DeliveryStepView[] {
  const { items } = inbound.deliveries({});
  return items.flatMap(({ problem }) =>
    problem === undefined ? [] : [{ step: 'respond', decision: 'failed', reason: problem }],
  );
}

function sendStep(command: Command): DeliveryStepView {
  const step = 'send';
  if (command.kind === 'start')
    return { step, decision: `would start ${command.processId} at ${command.elementId}` };
  const { kind, messageName, correlationKey: key } = command;
  const correlationKey = key === '' ? 'without correlation key' : `for ${key}`;
  return { step, decision: `would ${kind} message ${messageName} ${correlationKey}` };
}

const key = 'dry-run';

/** As if all went well. */
function outcomeOf({ kind }: Command): Outcome {
  if (kind === 'start') return { status: 'started', processInstanceKey: key };
  if (kind === 'correlate') return { status: 'correlated', processInstanceKey: key };
  return { status: 'accepted', messageKey: key };
}
