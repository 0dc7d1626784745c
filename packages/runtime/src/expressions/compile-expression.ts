import { type CompiledExpression, compile, connectorFunctions } from '@bpmn-connectors/feel';

/**
 * Compiles an expression of a model, with the functions that connector expressions may call
 * (`bpmnError`, `jobError`, `ignoreError`, `backoff`).
 * @throws {FeelSyntaxError} `FEEL_SYNTAX`
 */
export const compileExpression = (source: string): CompiledExpression =>
  compile(source, { functions: connectorFunctions });
