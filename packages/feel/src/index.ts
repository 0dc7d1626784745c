export { compile } from './compile.ts';
export type { CompileOptions, FeelFunction } from './compile-options.ts';
export type { CompiledExpression, FeelResult } from './compiled-expression.ts';
export { connectorFunctions } from './connector-functions.ts';
export type { Explanation } from './explanation.ts';
export { type FeelEvaluationCode, FeelEvaluationError } from './feel-evaluation-error.ts';
export { FeelSyntaxError } from './feel-syntax-error.ts';
export { defaultLimits, type Limits } from './limits.ts';
export type { Scope, VariableLookup } from './scope.ts';
