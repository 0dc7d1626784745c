import type { SyntaxNode } from '@lezer/common';
import { charge, type Evaluate } from '../run/run.ts';
import { putEntry } from '../values/context-entries.ts';
import type { FeelContext } from '../values/kind.ts';
import { partOf, textOf } from './children.ts';
import type { Compilation, CompileNode } from './compilation.ts';
import { nameOf } from './name.ts';
import { unescapeText } from './unescape-text.ts';

function keyOf(entry: SyntaxNode, compilation: Compilation): string {
  const key = partOf(partOf(entry, 0, compilation), 0, compilation);
  return key.name === 'StringLiteral'
    ? unescapeText(textOf(key, compilation))
    : nameOf(key, compilation);
}

/** `{a: 1, b: a + 1}`: an entry sees those before it, a function itself too. */
export const compileContext: CompileNode = (node, environment, compilation) => {
  const names = new Set<string>();
  const entries: { readonly key: string; readonly value: Evaluate }[] = [];
  for (const entry of node.getChildren('ContextEntry')) {
    const key = keyOf(entry, compilation);
    const value = partOf(entry, 1, compilation);
    const visible = new Set(names);
    if (value.name === 'FunctionDefinition') visible.add(key);
    const inside = { kind: 'entries', names: visible, parent: environment } as const;
    entries.push({ key, value: compilation.compile(value, inside) });
    names.add(key);
  }
  return (frame) => {
    charge(frame.run, entries.length);
    const context: FeelContext = {};
    const inside = { run: frame.run, parent: frame, value: context };
    for (const { key, value } of entries) putEntry(context, key, value(inside));
    return context;
  };
};
