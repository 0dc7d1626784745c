import type { Evaluate, Frame } from '../run/run.ts';
import { entryOf } from '../values/context-entries.ts';
import { isContext } from '../values/kind.ts';
import type { CompileNode } from './compilation.ts';
import { type Environment, noItem } from './environment.ts';
import { strictNameOf } from './name.ts';

type Read = (value: unknown) => unknown;

/** How a frame's value gives the name; undefined where the environment does not (surely) have it. */
function readerOf(environment: Environment, name: string): Read | undefined {
  switch (environment.kind) {
    case 'local':
      return environment.name === name ? (value) => value : undefined;
    case 'entries':
      return environment.names.has(name)
        ? (value) => (isContext(value) ? entryOf(value, name) : null)
        : undefined;
    case 'parameters': {
      const index = environment.names.indexOf(name);
      if (index < 0) return undefined;
      return (value) => (Array.isArray(value) ? (value[index] ?? null) : null);
    }
    case 'item':
      return undefined;
  }
}

function valueAt(frame: Frame, hops: number): unknown {
  let at = frame;
  for (let left = hops; left > 0 && at.parent !== undefined; left -= 1) at = at.parent;
  return at.value;
}

/** Items of filters come first: their keys are known only at run time. */
function behindItems(items: readonly number[], name: string, otherwise: Evaluate): Evaluate {
  if (items.length === 0) return otherwise;
  return (frame) => {
    for (const hops of items) {
      const item = valueAt(frame, hops);
      if (isContext(item) && Object.hasOwn(item, name)) return item[name] ?? null;
      if (name === 'item' && item !== noItem) return item;
    }
    return otherwise(frame);
  };
}

interface Found {
  /** Frames of filters inside the one that has the name. */
  readonly items: readonly number[];
  /** Undefined: no frame surely has the name. */
  readonly local: Evaluate | undefined;
}

function find(name: string, environment: Environment | undefined): Found {
  const items: number[] = [];
  let hops = 0;
  for (let scope = environment; scope !== undefined; scope = scope.parent) {
    const at = hops;
    const read = readerOf(scope, name);
    if (read !== undefined) return { items, local: (frame) => read(valueAt(frame, at)) };
    if (scope.kind === 'item') items.push(at);
    hops += 1;
  }
  return { items, local: undefined };
}

/** Reads a name that the expression itself binds; undefined where it binds none such. */
export const compileLocal = (
  name: string,
  environment: Environment | undefined,
): Evaluate | undefined => find(name, environment).local;

/** A variable. */
export const compileVariable: CompileNode = (node, environment, compilation) => {
  const name = strictNameOf(node, compilation);
  const { items, local } = find(name, environment);
  if (local !== undefined) return behindItems(items, name, local);
  if (name === 'item' && items.length > 0) return behindItems(items, name, () => null);
  compilation.references.add(name);
  return behindItems(items, name, (frame) => frame.run.read(name) ?? null);
};
