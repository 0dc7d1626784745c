import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isConfigurationError } from '@bpmn-connectors/sdk';
import { describe, expect, test } from '@jest/globals';
import { createCamunda8, type Environment, optionsFromEnvironment } from '../src/index.ts';

interface EnvironmentRow {
  readonly what: string;
  readonly env: Environment;
  readonly settings: object;
  readonly problems: readonly string[];
}

const rows: { readonly good: readonly EnvironmentRow[]; readonly bad: readonly EnvironmentRow[] } =
  JSON.parse(readFileSync(new URL('./data/environments.json', import.meta.url), 'utf8'));

describe('settings from the environment', () => {
  for (const { what, env, settings } of rows.good) {
    test(what, async () => {
      expect(await optionsFromEnvironment(env, readFile)).toEqual(settings);
    });
  }

  for (const { what, env, problems } of rows.bad) {
    test(`${what} is refused, naming the variable and not its value`, async () => {
      const error: unknown = await optionsFromEnvironment(env, readFile).catch((e: unknown) => e);
      if (!isConfigurationError(error)) throw error;
      expect(error.problems.map(({ where }) => where)).toEqual(
        problems.map((name) => expect.stringContaining(name)),
      );
      expect(error.message).not.toContain('very-secret-id');
    });
  }

  test('certificates are read from the files that the variables name', async () => {
    const files: Record<string, string> = { 'ca.pem': 'CA', 'cert.pem': 'CERT', 'key.pem': 'KEY' };
    const env = {
      CAMUNDA_CUSTOM_ROOT_CERT_PATH: 'ca.pem',
      CAMUNDA_CUSTOM_CERT_CHAIN_PATH: 'cert.pem',
      CAMUNDA_CUSTOM_PRIVATE_KEY_PATH: 'key.pem',
    };
    const { tls } = await optionsFromEnvironment(env, async (path) =>
      new TextEncoder().encode(files[path]),
    );
    const texts = Object.entries(tls ?? {}).map(([name, bytes]) => [
      name,
      new TextDecoder().decode(bytes),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      rootCertificates: 'CA',
      certificateChain: 'CERT',
      privateKey: 'KEY',
    });
  });
});

describe('settings', () => {
  const bad: readonly (readonly [string, object, string])[] = [
    ['an unknown name', { grpcAdress: 'grpc://a:1' }, 'grpcAdress'],
    ['an address of another protocol', { grpcAddress: 'ftp://a:1' }, 'grpcAddress'],
    ['a REST address without a scheme', { restAddress: 'localhost' }, 'restAddress'],
    ["the cluster's elements without a REST address", { elements: 'cluster' }, 'restAddress'],
    ['an unknown method', { auth: { method: 'magic' } }, 'auth'],
    ['a request timeout of nothing', { requestTimeoutMs: 0 }, 'requestTimeoutMs'],
  ];
  for (const [what, settings, name] of bad) {
    test(`${what} is refused by its name`, () => {
      expect(() => createCamunda8(settings)).toThrow(name);
    });
  }
});
