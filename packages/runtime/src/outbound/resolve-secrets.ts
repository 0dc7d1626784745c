import {
  type JsonObject,
  type JsonValue,
  replaceSecretReferences,
  type SecretProvider,
  secretReferences,
} from '@bpmn-connectors/sdk';
import { isContext } from '../expressions/json-kind.ts';
import { fetchSecrets } from '../secrets/fetch-secrets.ts';
import type { SecretPlace } from './secret-places.ts';

/** A job's variables with secrets in place, and the values that went in. */
export interface ResolvedVariables {
  readonly variables: JsonObject;
  readonly values: ReadonlyMap<string, string>;
}

/** Names allowed where a text stands; where undefined, every name is. */
type Allowed = ReadonlySet<string> | undefined;
type Replace = (text: string, allowed: Allowed) => string;

const none: ReadonlySet<string> = new Set();

/**
 * Puts secret values in the place of references, only where `places` allows it, in one pass.
 * @throws {ConnectorError} `SECRET_MISSING` | `SECRETS_UNAVAILABLE`
 */
export async function resolveSecrets(
  variables: JsonObject,
  places: readonly SecretPlace[],
  provider: SecretProvider | undefined,
): Promise<ResolvedVariables> {
  const tree = treeOf(places);
  const names = new Set<string>();
  walk(variables, tree, none, (text, allowed) => {
    for (const name of secretReferences(text)) if (allowed?.has(name) ?? true) names.add(name);
    return text;
  });
  if (names.size === 0) return { variables, values: new Map() };
  const values = await fetchSecrets(provider, names);
  const resolved = walk(variables, tree, none, (text, allowed) =>
    replaceSecretReferences(text, allowed === undefined ? values : only(values, allowed)),
  );
  return { variables: isContext(resolved) ? resolved : variables, values };
}

const only = (
  values: ReadonlyMap<string, string>,
  allowed: ReadonlySet<string>,
): ReadonlyMap<string, string> => new Map([...values].filter(([name]) => allowed.has(name)));

interface PlaceTree {
  readonly members: Map<string, PlaceTree>;
  place?: SecretPlace;
}

function treeOf(places: readonly SecretPlace[]): PlaceTree {
  const root: PlaceTree = { members: new Map() };
  for (const place of places) {
    let node = root;
    for (const name of place.path) {
      const next: PlaceTree = node.members.get(name) ?? { members: new Map() };
      node.members.set(name, next);
      node = next;
    }
    node.place = place;
  }
  return root;
}

/** A place holds for everything below it, up to the places of its own that lie deeper. */
function walk(
  value: JsonValue,
  tree: PlaceTree | undefined,
  inherited: Allowed,
  replace: Replace,
): JsonValue {
  const allowed = tree?.place === undefined ? inherited : tree.place.names;
  if (typeof value === 'string') return replace(value, allowed);
  if ((tree === undefined || tree.members.size === 0) && allowed?.size === 0) return value;
  if (Array.isArray(value)) return value.map((item) => walk(item, undefined, allowed, replace));
  if (!isContext(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      walk(member, tree?.members.get(name), allowed, replace),
    ]),
  );
}
