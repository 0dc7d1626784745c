import {
  type JsonObject,
  type JsonValue,
  replaceSecretReferences,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';
import { isContext } from '../expressions/json-kind.ts';
import { fetchSecrets } from '../secrets/fetch-secrets.ts';
import type { AllowedSecrets, PlaceTree } from './place-tree.ts';

/** A job's variables with secrets in place, and the values that went in. */
export interface ResolvedVariables {
  readonly variables: JsonObject;
  readonly values: ReadonlyMap<string, string>;
}

/** @param allowed names where the text stands. */
type Replace = (text: string, allowed: AllowedSecrets) => string;

const none: ReadonlySet<string> = new Set();

/**
 * Puts secret values in the place of references, only where the tree allows it, in one pass.
 * @throws {ConnectorError} `SECRET_MISSING` | `SECRETS_UNAVAILABLE`
 */
export async function resolveSecrets(
  variables: JsonObject,
  tree: PlaceTree,
  provider: SecretProvider | undefined,
): Promise<ResolvedVariables> {
  const names = new Set<string>();
  walk(variables, tree, none, (text, allowed) => {
    for (const name of secretReferences(text)) if (allows(allowed, name)) names.add(name);
    return text;
  });
  if (names.size === 0) return { variables, values: new Map() };
  const values = await fetchSecrets(provider, names);
  const resolved = walk(variables, tree, none, (text, allowed) =>
    replaceSecretReferences(text, allowed === 'all' ? values : only(values, allowed)),
  );
  return { variables: isContext(resolved) ? resolved : variables, values };
}

const allows = (allowed: AllowedSecrets, name: string): boolean =>
  allowed === 'all' || allowed.has(name);

const only = (
  values: ReadonlyMap<string, string>,
  allowed: ReadonlySet<string>,
): ReadonlyMap<string, string> => new Map([...values].filter(([name]) => allowed.has(name)));

/** A place holds for everything below it, up to the places of its own that lie deeper. */
function walk(
  value: JsonValue,
  tree: PlaceTree | undefined,
  inherited: AllowedSecrets,
  replace: Replace,
): JsonValue {
  const allowed = tree?.names ?? inherited;
  const isForbidden = allowed !== 'all' && allowed.size === 0;
  if (typeof value === 'string') return isForbidden ? value : replace(value, allowed);
  if ((tree === undefined || tree.members.size === 0) && isForbidden) return value;
  if (Array.isArray(value)) return value.map((item) => walk(item, undefined, allowed, replace));
  if (!isContext(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      walk(member, tree?.members.get(name), allowed, replace),
    ]),
  );
}
