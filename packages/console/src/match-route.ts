import type { Route } from './route.ts';

/** The routes of a path, one for each of its methods, and what stands in its `{name}`. */
export interface RouteMatch {
  readonly routes: readonly Route[];
  readonly id: string;
}

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** The value of the pattern's `{name}` (empty where it has none), or undefined if the path is another. */
const matchPath = (pattern: string, path: string): string | undefined => {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  let id = '';
  for (const [index, part] of wanted.entries()) {
    const segment = given[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decode(segment);
    if (value === undefined || value === '' || value.length > 256) return undefined;
    id = value;
  }
  return id;
};

/** Finds the routes of a path. */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch {
  let found = '';
  const matching = routes.filter((route) => {
    const id = matchPath(route.path, path);
    if (id !== undefined) found = id;
    return id !== undefined;
  });
  return { routes: matching, id: found };
}
