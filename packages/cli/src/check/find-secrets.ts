import { type Problem, problemLocation } from '@bpmn-connectors/bpmn';
import { type SecretProvider, secretReferences } from '@bpmn-connectors/sdk';
import type { LoadedModel } from './read-models.ts';

/** Values of the secrets that models refer to. */
export interface FoundSecrets {
  readonly values: ReadonlyMap<string, string>;
  /** One for each secret that is not there, or cannot be had now. */
  readonly problems: readonly Problem[];
}

/** Name of each secret → the places that refer to it. */
function findReferences(models: readonly LoadedModel[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, Set<string>>();
  const note = (text: string, where: string): void => {
    for (const name of secretReferences(text))
      places.set(name, (places.get(name) ?? new Set()).add(where));
  };
  for (const { file, model } of models) {
    for (const process of model.processes)
      for (const element of process.elements) {
        const where = problemLocation({ file, process, element });
        for (const { source } of element.inputs) note(source, where);
        for (const value of Object.values(element.properties)) note(value, where);
      }
  }
  return new Map([...places].map(([name, where]) => [name, [...where]]));
}

/** Asks for every secret that models refer to, so that a missing one is known before anything runs. */
export async function findSecrets(
  models: readonly LoadedModel[],
  provider: SecretProvider,
  howToSet: (name: string) => string,
): Promise<FoundSecrets> {
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [name, places] of findReferences(models)) {
    try {
      const value = await provider.get(name);
      if (value !== undefined) values.set(name, value);
      else
        problems.push({
          where: places.join(', '),
          reason: `the secret ${name} is missing`,
          fix: howToSet(name),
        });
    } catch {
      const reason = `the secret ${name} cannot be read now`;
      problems.push({ where: places.join(', '), reason, fix: 'Check where secrets come from' });
    }
  }
  return { values, problems };
}
