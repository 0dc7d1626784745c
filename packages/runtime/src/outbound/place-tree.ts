/** Which secrets may be resolved below a path of a job's variables. */
export interface SecretPlace {
  /** Names of variable and members: `['input', 'token']`. */
  readonly path: readonly string[];
  readonly names: AllowedSecrets;
}

/** Names of secrets; `'all'`: every one. */
export type AllowedSecrets = ReadonlySet<string> | 'all';

/** Places by the names on the way to them. */
export interface PlaceTree {
  readonly members: ReadonlyMap<string, PlaceTree>;
  /** Of the place here, where there is one; else what holds above holds here too. */
  readonly names: AllowedSecrets | undefined;
}

interface GrowingTree extends PlaceTree {
  readonly members: Map<string, GrowingTree>;
  names: AllowedSecrets | undefined;
}

/** A later place of the same path wins. */
export function placeTree(places: readonly SecretPlace[]): PlaceTree {
  const root = emptyTree();
  for (const { path, names } of places) {
    let node = root;
    for (const name of path) {
      const next = node.members.get(name) ?? emptyTree();
      node.members.set(name, next);
      node = next;
    }
    node.names = names;
  }
  return root;
}

const emptyTree = (): GrowingTree => ({ members: new Map(), names: undefined });
