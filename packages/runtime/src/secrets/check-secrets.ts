import type { Problem } from '@bpmn-connectors/bpmn';
import type { SecretProvider } from '@bpmn-connectors/sdk';

/** A place of a model that names a secret. */
export interface SecretUse {
  readonly name: string;
  readonly where: string;
}

/** A problem for each secret that does not exist or cannot be read, naming every place that needs it. */
export async function checkSecrets(
  uses: readonly SecretUse[],
  provider: SecretProvider | undefined,
): Promise<readonly Problem[]> {
  const places = new Map<string, string[]>();
  for (const { name, where } of uses) {
    places.set(name, [...(places.get(name) ?? []), where]);
  }
  const problems: Problem[] = [];
  for (const [name, wheres] of places) {
    const reason = await troubleWith(name, provider);
    if (reason === undefined) continue;
    problems.push({
      where: [...new Set(wheres)].join(', '),
      reason,
      fix: 'Provide the secret, or correct its name in the model',
    });
  }
  return problems;
}

async function troubleWith(
  name: string,
  provider: SecretProvider | undefined,
): Promise<string | undefined> {
  try {
    const value = await provider?.get(name);
    return value === undefined ? `the secret ${name} does not exist` : undefined;
  } catch {
    return `the secret ${name} cannot be read now`;
  }
}
