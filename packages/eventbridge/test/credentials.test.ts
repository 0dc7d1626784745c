import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@bpmn-connectors/sdk';
import type { AwsCall } from '@bpmn-connectors/testing';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connect, endings, run, startBridge, variablesWith } from './run-job.ts';

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

/** The environment of a machine that has these settings of AWS and no others. */
function onMachineWith(changes: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) delete process.env[name];
  }
  Object.assign(process.env, {
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...changes,
  });
}

/** A file of its own, since the SDK keeps what it has read by path. */
async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  endings.push(() => rm(folder, { recursive: true }));
  const path = join(folder, 'file');
  await writeFile(path, content);
  return path;
}

interface Asked {
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Answers on loopback what the machine or STS would, and notes what it was asked. */
async function startAnswering(answer: (asked: Asked) => string) {
  const asked: Asked[] = [];
  const read = async (request: IncomingMessage): Promise<Asked> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    return { authorization: request.headers.authorization, body };
  };
  const server = createServer((request, response) => {
    read(request).then(
      (question) => {
        asked.push(question);
        response.end(answer(question));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/`, asked };
}

/** What STS answers, in the Query protocol: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const stsAnswer = ({ body }: Asked): string => {
  const action = new URLSearchParams(body).get('Action');
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
    <Credentials><AccessKeyId>ASIA${action}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
    <SessionToken>role-token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>
    </${action}Result></${action}Response>`;
};

const chain: JsonObject = { authentication: { type: 'defaultCredentialsChain' } };

/** The call of a job that relies on the default chain. */
async function callByChain(): Promise<AwsCall | undefined> {
  const bridge = await startBridge();
  await run(connect({ endpoint: bridge.endpoint }), variablesWith(chain));
  return bridge.calls[0];
}

describe('The default chain signs with', () => {
  test('the key of the environment', async () => {
    onMachineWith({ AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret' });
    expect(await callByChain()).toMatchObject({ accessKeyId: 'AKIAENV', region: 'us-east-1' });
  });

  test('the key of a profile in the shared file', async () => {
    const path = await fileWith(
      '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[shop]\naws_access_key_id = AKIASHOP\naws_secret_access_key = s\n',
    );
    onMachineWith({ AWS_SHARED_CREDENTIALS_FILE: path, AWS_PROFILE: 'shop' });
    expect(await callByChain()).toMatchObject({ accessKeyId: 'AKIASHOP' });
  });

  test('what the endpoint of the container gives, asked with its token', async () => {
    const container = await startAnswering(() =>
      JSON.stringify({
        AccessKeyId: 'ASIACONTAINER',
        SecretAccessKey: 'secret',
        Token: 'token',
        Expiration: '2999-01-01T00:00:00Z',
      }),
    );
    onMachineWith({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: container.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'pod-token',
    });
    expect(await callByChain()).toMatchObject({ accessKeyId: 'ASIACONTAINER' });
    expect(container.asked).toMatchObject([{ authorization: 'pod-token' }]);
  });

  test('a role that the token of a web identity was changed for', async () => {
    const sts = await startAnswering(stsAnswer);
    onMachineWith({
      AWS_WEB_IDENTITY_TOKEN_FILE: await fileWith('web-identity-token'),
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/shop',
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    expect(await callByChain()).toMatchObject({ accessKeyId: 'ASIAAssumeRoleWithWebIdentity' });
    expect(new URLSearchParams(sts.asked[0]?.body).get('WebIdentityToken')).toBe(
      'web-identity-token',
    );
  });

  test('a role that a profile assumes with the key of another', async () => {
    const sts = await startAnswering(stsAnswer);
    const config = await fileWith(
      '[profile shop]\nrole_arn = arn:aws:iam::123456789012:role/shop\nsource_profile = base\n',
    );
    const credentials = await fileWith(
      '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n',
    );
    onMachineWith({
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_PROFILE: 'shop',
      AWS_ENDPOINT_URL_STS: sts.url,
    });
    expect(await callByChain()).toMatchObject({ accessKeyId: 'ASIAAssumeRole' });
    expect(sts.asked[0]?.authorization).toContain('Credential=AKIABASE/');
  });

  test("nothing of its own where the model's key is there", async () => {
    onMachineWith({ AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'secret' });
    const bridge = await startBridge();
    await run(connect({ endpoint: bridge.endpoint }), variablesWith());
    expect(bridge.calls).toMatchObject([{ accessKeyId: 'AKIATESTKEY' }]);
  });
});
