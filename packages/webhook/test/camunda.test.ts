import { readFileSync } from 'node:fs';
import { compile } from '@bpmn-connectors/feel';
import {
  ConfigurationError,
  type InboundEvent,
  type InboundOutcome,
  type JsonValue,
  replaceSecretReferences,
} from '@bpmn-connectors/sdk';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { webhook } from '../src/index.ts';
import { fakeContext } from './support/fake-context.ts';
import { send } from './support/send.ts';
import { type Served, serve } from './support/serve.ts';
import type { Properties } from './support/served-webhook.ts';

/** Requests and the answers Camunda's connectors gave to them. */
interface Case {
  readonly name: string;
  readonly executables: readonly (readonly {
    readonly kind: string;
    readonly properties: Properties;
  }[])[];
  readonly secrets?: Readonly<Record<string, string>>;
  readonly engine?: { readonly errorStatus?: string };
  readonly steps: readonly Step[];
}
interface Step {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly expected: {
    readonly status: number;
    readonly body?: JsonValue;
    readonly engine: readonly { readonly variables?: JsonValue }[];
  };
}

/** Where our answer is another one on purpose. */
interface Difference {
  readonly case: string;
  /** Index of the step; absent: all steps. */
  readonly step?: number;
  readonly status?: number;
  readonly body?: JsonValue;
  readonly variables?: JsonValue;
  /** Property for which the model is refused at deployment. */
  readonly refused?: string;
  readonly reason: string;
}

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`vectors/${file}`, import.meta.url), 'utf8'));
const { cases }: { readonly cases: readonly Case[] } = read('camunda-webhook-http.json');
const recordedIssuer = 'http://localhost:18471/test-jwks.json';
const {
  differences,
  elsewhere,
}: {
  readonly differences: readonly Difference[];
  readonly elsewhere: readonly { readonly case: string; readonly reason: string }[];
} = read('camunda-differences.json');

let issuer: Served;
beforeAll(async () => {
  const keys = JSON.stringify(read('camunda-webhook-jwks.json'));
  issuer = await serve((_request, response) => response.end(keys));
});
afterAll(() => issuer.close());

const engineErrors: Readonly<Record<string, InboundOutcome>> = {
  RESOURCE_EXHAUSTED: { status: 'unavailable', code: 'BACKPRESSURE', message: '' },
  UNAVAILABLE: { status: 'unavailable', code: 'CONNECTION', message: '' },
  INTERNAL: { status: 'unavailable', code: 'CONNECTION', message: '' },
  DATA_LOSS: { status: 'unavailable', code: 'CONNECTION', message: '' },
};
const rejected: InboundOutcome = {
  status: 'unprocessable',
  code: 'REJECTED',
  message: '',
  deadLetterId: 'd',
};

/** The connector runtime in small: enough to tell what the webhook is told by it. */
function decide(
  kind: string,
  properties: Properties,
  { errorStatus }: NonNullable<Case['engine']>,
) {
  const response = properties['inbound.responseExpression'];
  const element = {
    processId: 'proc',
    elementId: 'Start_1',
    expression: () => (response === undefined ? undefined : compile(response)),
  };
  return (event: InboundEvent): InboundOutcome => {
    const condition = (properties['activationCondition'] ?? '').trim();
    if (condition !== '' && compile(condition).evaluate(event.scope) !== true) {
      const consume = properties['consumeUnmatchedEvents'];
      return {
        status: 'not-activated',
        consume: consume === undefined ? undefined : consume === 'true',
      };
    }
    if (errorStatus === 'ALREADY_EXISTS' && kind !== 'start') return { status: 'duplicate' };
    if (errorStatus !== undefined) return engineErrors[errorStatus] ?? rejected;
    return kind === 'start'
      ? { status: 'started', processInstanceKey: '0', element }
      : { status: 'accepted', messageKey: '0', element };
  };
}

/** What the result expression makes of the event; undefined where the model has none. */
const variablesOf = (properties: Properties, event: InboundEvent): JsonValue | undefined => {
  const expression = properties['resultExpression'];
  if (expression === undefined) return undefined;
  return compile(expression).evaluate({ ...event.scope, response: event.scope }) ?? {};
};

const applicable = cases.filter(
  ({ name }) => !elsewhere.some((excluded) => name.startsWith(excluded.case)),
);

/** A connector with the case's first element served. */
async function serveCase(one: Case, refused: string | undefined) {
  const [element] = one.executables[0] ?? [];
  const secrets = new Map(Object.entries(one.secrets ?? {}));
  const properties = Object.fromEntries(
    Object.entries(element?.properties ?? {}).map(([property, value]) => [
      property,
      replaceSecretReferences(value, secrets).replace(recordedIssuer, `${issuer.url}/jwks`),
    ]),
  );
  const context = fakeContext(async (event) =>
    decide(element?.kind ?? '', properties, one.engine ?? {})(event),
  );
  const hooks = webhook({ allowUnauthenticated: true, jwks: { allowPrivateAddresses: true } });
  if (refused !== undefined) {
    expect(() => hooks.prepare(properties)).toThrow(ConfigurationError);
    expect(() => hooks.prepare(properties)).toThrow(refused);
    return undefined;
  }
  await hooks.prepare(properties).activate(context);
  hooks.enter('active');
  return { hooks, context, properties };
}

type ServedCase = NonNullable<Awaited<ReturnType<typeof serveCase>>>;

async function runStep(served: ServedCase, { request, expected }: Step, difference?: Difference) {
  const { hooks, context, properties } = served;
  const told = context.events.length;
  const answer = await send(hooks, { ...request, path: request.path.replace('/inbound', '') });
  const status = difference?.status ?? expected.status;
  expect(answer.status).toBe(status);
  if (status >= 300) {
    const problem = { status, code: expect.stringMatching(/^[A-Z_]+$/), title: expect.any(String) };
    expect(answer.json).toEqual(problem);
    return;
  }
  expect(answer.json).toEqual(difference?.body ?? expected.body ?? '');
  const event = context.events[told];
  const variables = difference?.variables ?? expected.engine[0]?.variables;
  if (event === undefined || variables === undefined) return;
  const made = variablesOf(properties, event);
  if (made !== undefined) expect(made).toEqual(variables);
}

describe('as Camunda answers', () => {
  test.each(applicable.map((one): [string, Case] => [one.name, one]))('%s', async (name, one) => {
    const own = differences.filter((difference) => difference.case === name);
    const served = await serveCase(one, own.find(({ refused }) => refused)?.refused);
    for (const [index, step] of (served === undefined ? [] : one.steps).entries()) {
      const difference = own.find((other) => other.step === undefined || other.step === index);
      if (served !== undefined) await runStep(served, step, difference);
    }
  });

  test('but for differences that each have a reason and a case', () => {
    const names = cases.map(({ name }) => name);
    for (const { case: name, reason } of differences) {
      expect(names).toContain(name);
      expect(reason).toMatch(/\S{3}/);
    }
    for (const { case: prefix, reason } of elsewhere) {
      expect(names.some((name) => name.startsWith(prefix))).toBe(true);
      expect(reason).toMatch(/\S{3}/);
    }
  });
});
