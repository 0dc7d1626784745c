import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type CamundaCase,
  type CamundaDifference,
  type CamundaStep,
  read,
} from './support/camunda-case.ts';
import { send } from './support/send.ts';
import { type Served, serve } from './support/serve.ts';
import { comparable, type ServedCase, serveCamundaCase } from './support/serve-camunda-case.ts';

const { cases }: { readonly cases: readonly CamundaCase[] } = read('camunda-webhook-http.json');
const { differences }: { readonly differences: readonly CamundaDifference[] } = read(
  'camunda-differences.json',
);
const recordedIssuer = 'http://localhost:18471/test-jwks.json';
/** Signatures of URLs were made for this one. */
const recordedHost = { Host: 'localhost:18471' };

let issuer: Served;
beforeAll(async () => {
  const keys = JSON.stringify(read('camunda-webhook-jwks.json'));
  issuer = await serve((_request, response) => response.end(keys));
});
afterAll(() => issuer.close());

/** What becomes of requests to a model that was refused. */
const notServed = { status: 404, commands: [] };

const differencesOf = (name: string) => differences.filter((one) => one.case === name);

async function runStep(
  served: ServedCase,
  { request, expected }: CamundaStep,
  difference?: Partial<CamundaDifference>,
): Promise<void> {
  const before = served.commands.length;
  const answer = await send(served.receiver, {
    ...request,
    headers: { ...recordedHost, ...request.headers },
    path: request.path.replace('/inbound', ''),
    mount: '/inbound',
  });
  const status = difference?.status ?? expected.status;
  expect(answer.status).toBe(status);
  if (status >= 300) {
    const problem = { status, code: expect.stringMatching(/^[A-Z_]+$/), title: expect.any(String) };
    expect(answer.json).toEqual(problem);
  } else {
    expect(answer.json).toEqual(difference?.body ?? expected.body ?? '');
  }
  expect(served.commands.slice(before).map(comparable)).toEqual(commandsOf(expected, difference));
}

/** What the engine must have been told. */
function commandsOf({ engine }: CamundaStep['expected'], difference?: Partial<CamundaDifference>) {
  const { commands, variables } = difference ?? {};
  return (commands ?? engine).map((command) =>
    comparable(variables === undefined ? command : { ...command, variables }),
  );
}

describe('as Camunda answers and decides', () => {
  test.each(cases.map((one): [string, CamundaCase] => [one.name, one]))('%s', async (name, one) => {
    const own = differencesOf(name);
    const refused = own.find((difference) => difference.refused !== undefined)?.refused;
    const served = await serveCamundaCase(one, (value) =>
      value.replace(recordedIssuer, `${issuer.url}/jwks`),
    );
    try {
      const places = served.problems.map(({ where, reason }) => `${where}: ${reason}`);
      expect(places).toEqual(refused === undefined ? [] : [expect.stringContaining(refused)]);
      for (const [index, step] of one.steps.entries()) {
        const difference = own.find((other) => other.step === undefined || other.step === index);
        await runStep(served, step, refused === undefined ? difference : notServed);
      }
    } finally {
      await served.close();
    }
  });

  test('all 83 cases are replayed, and each difference has a reason and a case', () => {
    expect(cases).toHaveLength(83);
    const names = cases.map(({ name }) => name);
    for (const { case: name, reason } of differences) {
      expect(names).toContain(name);
      expect(reason).toMatch(/\S{3}/);
    }
  });
});
