import type { CharSet } from './char-set.ts';

/** A regular expression as a tree; `source` is what JavaScript's engine gets. */
export type PatternNode =
  /** One character of a set. */
  | { readonly kind: 'set'; readonly set: CharSet; readonly source: string }
  /** `^`, `$`, `\b`: takes no character. */
  | { readonly kind: 'assertion'; readonly source: string }
  | { readonly kind: 'look'; readonly open: string; readonly body: PatternNode }
  | { readonly kind: 'group'; readonly open: string; readonly body: PatternNode }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly source: string;
    };

/** The expression for JavaScript's engine. */
export function patternSource(node: PatternNode): string {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return node.source;
    case 'look':
    case 'group':
      return `${node.open}${patternSource(node.body)})`;
    case 'sequence':
      return node.items.map(patternSource).join('');
    case 'choice':
      return node.options.map(patternSource).join('|');
    case 'repeat':
      return `${patternSource(node.item)}${node.source}`;
  }
}
