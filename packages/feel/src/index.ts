export type { CompiledExpression, FeelResult } from './compiled-expression.ts';
export type { Explanation } from './explanation.ts';
export { type FeelEvaluationCode, FeelEvaluationError } from './feel-evaluation-error.ts';
export { FeelSyntaxError } from './feel-syntax-error.ts';
export type { Scope, VariableLookup } from './scope.ts';
