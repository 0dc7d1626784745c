import type { SyntaxNode } from '@lezer/common';
import type { Signature } from '../builtins/builtin.ts';
import type { Arguments } from './arguments.ts';

/** The node for each parameter in order; undefined where a named one is left out. */
export type Arranged = readonly (SyntaxNode | undefined)[];

function fits({ parameters, variadic }: Signature, count: number): boolean {
  return variadic ? count >= parameters.length : count === parameters.length;
}

function byPosition(signatures: readonly Signature[], { nodes }: Arguments): Arranged | undefined {
  return signatures.some((signature) => fits(signature, nodes.length)) ? nodes : undefined;
}

function byName(
  signatures: readonly Signature[],
  nodes: readonly SyntaxNode[],
  names: readonly string[],
): Arranged | undefined {
  const found = signatures
    .filter(({ parameters }) => names.every((name) => parameters.includes(name)))
    .sort((a, b) => a.parameters.length - b.parameters.length)[0];
  return found?.parameters.map((parameter) => nodes[names.indexOf(parameter)]);
}

/** Puts arguments in the order of a signature they fit; undefined where they fit none. */
export const arrangeArguments = (
  signatures: readonly Signature[],
  args: Arguments,
): Arranged | undefined =>
  args.names === undefined
    ? byPosition(signatures, args)
    : byName(signatures, args.nodes, args.names);
