import type { SyntaxNode } from '@lezer/common';
import type { Builtin } from '../builtins/builtin.ts';
import type { FeelSyntaxError } from '../feel-syntax-error.ts';
import type { ParsedSource } from '../parse/parse-source.ts';
import type { Evaluate } from '../run/run.ts';
import type { Environment } from './environment.ts';

/** What compiling a node needs. */
export interface Compilation {
  readonly parsed: ParsedSource;
  readonly functions: ReadonlyMap<string, Builtin>;
  /** Names of variables (not plain words) that may stand without backticks. */
  readonly names: ReadonlySet<string>;
  /** Collects the variables that are read. */
  readonly references: Set<string>;
  readonly compile: (node: SyntaxNode, environment: Environment | undefined) => Evaluate;
  /** The error for something the grammar takes but FEEL does not. */
  readonly refuse: (node: SyntaxNode, message: string) => FeelSyntaxError;
}

/** Compiles a node of one kind. */
export type CompileNode = (
  node: SyntaxNode,
  environment: Environment | undefined,
  compilation: Compilation,
) => Evaluate;
