import type { SyntaxNode } from '@lezer/common';

const constructs: Readonly<Record<string, string>> = {
  IfExpression: '"if … then … else …"',
  ForExpression: '"for … in … return …"',
  QuantifiedExpression: '"some/every … in … satisfies …"',
  FunctionInvocation: 'the function call',
  FunctionDefinition: '"function(…) …"',
  PathExpression: 'the path',
  Context: 'the context {…}',
  ContextEntry: 'the context entry',
  List: 'the list […]',
  FilterExpression: 'the filter […]',
  ParenthesizedExpression: 'the parentheses',
  Comparison: 'the comparison',
  Conjunction: '"and"',
  Disjunction: '"or"',
  ArithmeticExpression: 'the calculation',
};

function describeToken(text: string, at: number): string {
  const rest = text.slice(at);
  if (rest.startsWith('"')) return 'A text stands where none can, or its closing " is missing';
  if (rest.startsWith('`')) return 'A name in ` is empty, not closed, or joined to another name';
  return `Unexpected "${/^(?:[\p{L}\p{N}_$]+|.)/u.exec(rest)?.[0] ?? ''}"`;
}

/** Says what is wrong at an error node of the tree. */
export function describeError(text: string, node: SyntaxNode): string {
  if (text.trim() === '') return 'The expression is empty';
  const at = node.from + (/^\s*/.exec(text.slice(node.from))?.[0].length ?? 0);
  const within = constructs[node.parent?.name ?? ''];
  const where = within === undefined ? '' : ` in ${within}`;
  if (at >= text.length) return `The expression ends too early${where}`;
  if (text[node.from - 1] === '.' && /^[a-z]/.test(text.slice(at))) {
    return `${describeToken(text, at)}, a keyword: as a name it needs backticks`;
  }
  return `${describeToken(text, at)}${where}`;
}
