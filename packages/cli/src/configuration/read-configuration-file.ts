import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { errorCode } from '../io/error-code.ts';
import type { GivenValue, GivenValues } from './given-value.ts';
import { options } from './option.ts';
import { unknownName } from './unknown-name.ts';

/** Read where no other file is named, if it is there. */
const defaultFile = 'bpmn-connectors.config.json';

const wrong = (problem: string): GivenValues => ({ values: [], problems: [problem] });

function readKeys(text: string, name: string): GivenValues {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return wrong(`${name} is not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return wrong(`${name} must hold a JSON object`);
  const given = new Map<string, unknown>(Object.entries(json));
  const keys: readonly string[] = options.map(({ key }) => key);
  const values: GivenValue[] = options.flatMap(({ key }) =>
    given.has(key) ? [{ key, value: given.get(key), source: `${name}: ${key}` }] : [],
  );
  const problems = [...given.keys()]
    .filter((key) => key !== '$schema' && !keys.includes(key))
    .map((key) => `${name}: ${unknownName('key', key, keys)}`);
  return { values, problems };
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
