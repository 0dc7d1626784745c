import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { z } from 'zod';
import { errorCode } from '../io/error-code.ts';
import { describeJsonError } from './describe-json-error.ts';
import type { GivenValue, GivenValues } from './given-value.ts';
import { options } from './option.ts';
import { keysBelow, structureSchema } from './structure-schema.ts';
import { unknownName } from './unknown-name.ts';

/** Read where no other file is named, if it is there. */
export const defaultFile = 'bpmn-connectors.config.json';

const wrong = (problem: string): GivenValues => ({ values: [], problems: [problem] });

function readKeys(text: string, name: string): GivenValues {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return wrong(`${name} is not JSON: ${describeJsonError(text, error)}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return wrong(`${name} must hold a JSON object`);
  const given = new Map<string, unknown>(Object.entries(json));
  const structured = Object.keys(structureSchema.shape);
  const keys: readonly string[] = [...options.map(({ key }) => key), ...structured];
  const values: GivenValue[] = options.flatMap(({ key }) =>
    given.has(key) ? [{ key, value: given.get(key), source: `${name}: ${key}` }] : [],
  );
  const problems = [...given.keys()]
    .filter((key) => key !== '$schema' && !keys.includes(key))
    .map((key) => `${name}: ${unknownName('key', key, keys)}`);
  const parts = structured.filter((key) => given.has(key)).map((key) => [key, given.get(key)]);
  const structure = structureSchema.safeParse(Object.fromEntries(parts));
  const complaints = (structure.error?.issues ?? []).map((issue) => `${name}: ${tell(issue)}`);
  return {
    values,
    problems: [...problems, ...complaints],
    ...(structure.data === undefined ? {} : { structure: structure.data }),
  };
}

function tell(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysBelow[place] ?? [];
    return `${place}: ${issue.keys.map((key) => unknownName('key', key, known)).join(', ')}`;
  }
  return `${place} ${issue.code === 'invalid_type' ? `must be ${issue.expected}` : issue.message}`;
}

/**
 * Reads the configuration file.
 * @param file as named by the user; where undefined the file of the default name, if there is one.
 */
export async function readConfigurationFile(
  file: string | undefined,
  cwd: string,
): Promise<GivenValues> {
  const path = resolve(cwd, file ?? defaultFile);
  try {
    return readKeys(await readFile(path, 'utf8'), file ?? basename(path));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return wrong(`${path} cannot be read`);
    return file === undefined ? { values: [], problems: [] } : wrong(`there is no file ${path}`);
  }
}
