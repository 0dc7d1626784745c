import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { z } from 'zod';
import { runToEnd } from './run-to-end.ts';

const answerSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      level: z.enum(['ok', 'warn', 'fail']),
      what: z.string(),
      why: z.string(),
      fix: z.string(),
    }),
  ),
});

/** Ports that are free, and no credentials of the machine that the tests run on. */
const free = ['--port', '0', '--management-port', '0'];
const isolated = { AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nonexistent' };

/** What `bpmn-connectors doctor --json` said. */
export interface Diagnosis {
  readonly code: number | null;
  readonly ok: boolean;
  /** `fail: port 8080: it is in use`. */
  readonly lines: readonly string[];
  /** Of those lines, what is no `ok`, but for how fast and full the disk of the tests is. */
  readonly trouble: readonly string[];
  readonly stdout: string;
}

/** Runs the program in a folder, on free ports unless others are given. */
export async function doctor(
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Diagnosis> {
  const ports = argv.some((one) => one.endsWith('port')) ? [] : free;
  const ended = await runToEnd(['doctor', '--json', ...ports, ...argv], {
    cwd,
    env: { ...isolated, ...env },
  });
  expect(ended.stderr).toBe('');
  const { ok, checks } = answerSchema.parse(JSON.parse(ended.stdout));
  const lines = checks.map(({ level, what, why }) => `${level}: ${what}: ${why}`);
  const trouble = lines.filter((line) => !/^ok: |^warn: disk( space)?: /.test(line));
  for (const { level, fix } of checks) if (level !== 'ok') expect(fix).not.toBe('');
  return { code: ended.code, ok, lines, trouble, stdout: ended.stdout };
}

/** Puts a model of the tests into a folder, changed. @returns its name there. */
export async function copyModel(
  folder: string,
  name: string,
  change: (xml: string) => string = (xml) => xml,
): Promise<string> {
  const xml = await readFile(fileURLToPath(new URL(`data/${name}`, import.meta.url)), 'utf8');
  await writeFile(join(folder, name), change(xml));
  return name;
}

/** The secrets that the models of the tests name. */
export const modelSecrets = {
  SECRET_BASIC_PASSWORD: 'basic-password',
  SECRET_API_KEY: 'the-api-key',
  SECRET_JWKS_URL: 'https://id.example.com/jwks',
  SECRET_AWS_KEY: 'AKIAEXAMPLE',
  SECRET_AWS_SECRET: 'aws-secret-example',
};
