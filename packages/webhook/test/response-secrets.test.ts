import { describe, expect, test } from '@jest/globals';
import type { CamundaCase } from './support/camunda-case.ts';
import { send } from './support/send.ts';
import { serveCamundaCase } from './support/serve-camunda-case.ts';

const models = (
  responseExpression: string,
  secrets: Readonly<Record<string, string>>,
): CamundaCase => ({
  name: 'secrets in a response expression',
  executables: [
    [
      {
        kind: 'start',
        elementId: 'Start_1',
        processId: 'proc',
        version: 1,
        properties: {
          'inbound.type': 'io.camunda:webhook:1',
          'inbound.context': 'hook',
          'inbound.responseExpression': responseExpression,
        },
      },
    ],
  ],
  secrets,
  steps: [],
});

async function respond(expression: string, secrets: Readonly<Record<string, string>>, body = '{}') {
  const served = await serveCamundaCase(models(expression, secrets), (value) => value);
  try {
    const answer = await send(served.receiver, { path: '/hook', body });
    return { body: answer.json, problems: served.problems };
  } finally {
    await served.close();
  }
}

describe('secrets in a response expression', () => {
  test('are in the answer where the model names them', async () => {
    const { body } = await respond('={body: {t: "Bearer {{secrets.TOKEN}}"}}', { TOKEN: 'abc' });
    expect(body).toEqual({ t: 'Bearer abc' });
  });

  test('cannot end their text literal and become code', async () => {
    const TOKEN = '", admin: true, x: "\\';
    const { body } = await respond('={body: {t: "{{secrets.TOKEN}}"}}', { TOKEN });
    expect(body).toEqual({ t: TOKEN });
  });

  test('stay text where a sender writes the reference', async () => {
    const sent = '{"t":"{{secrets.TOKEN}}"}';
    const { body } = await respond(
      '={body: {t: request.body.t, s: "{{secrets.TOKEN}}"}}',
      {
        TOKEN: 'abc',
      },
      sent,
    );
    expect(body).toEqual({ t: '{{secrets.TOKEN}}', s: 'abc' });
  });

  test('that do not exist keep the webhook from being served, and are named', async () => {
    const { problems } = await respond('={body: {t: "{{secrets.NOPE}}"}}', {});
    expect(problems.map(({ reason }) => reason)).toEqual([expect.stringContaining("'NOPE'")]);
  });
});
