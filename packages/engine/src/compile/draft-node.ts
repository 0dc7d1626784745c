import type { FlowElement, MessageDefinition } from '@bpmn-connectors/bpmn';
import type { Flow, MessageTemplate, Node, NodeKind } from './compiled-process.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** A node while its process is being compiled: flows, boundary events and starts are still to come. */
export interface DraftNode extends Node {
  readonly element: FlowElement;
  readonly outgoing: Flow[];
  readonly boundaries: DraftNode[];
  readonly eventStarts: DraftNode[];
  defaultFlow?: Flow;
  start?: Node;
  eventSubProcess?: Node;
}

/** Compiles what an element is by itself. */
export function draftNode(
  element: FlowElement,
  kind: NodeKind,
  expressions: ExpressionCompiler,
  reporter: ProblemReporter,
): DraftNode {
  const message = messageOf(element, kind, expressions, reporter);
  const error = errorOf(element, kind, reporter);
  return {
    element,
    id: element.id,
    kind,
    outgoing: [],
    incoming: element.incoming,
    boundaries: [],
    eventStarts: [],
    interrupting: element.interrupting,
    // A mapping is known by its target, as the templates that make them know it.
    inputs: element.inputs.flatMap(({ source, target }) =>
      expressions.mapping(element, target, source, target),
    ),
    outputs: element.outputs.flatMap(({ source, target }) =>
      expressions.mapping(element, `output ${target}`, source, target),
    ),
    ...jobOf(element, expressions, reporter),
    ...(message === undefined ? {} : { message }),
    ...(error === undefined ? {} : { error }),
  };
}

function jobOf(
  element: FlowElement,
  expressions: ExpressionCompiler,
  reporter: ProblemReporter,
): Pick<Node, 'job'> {
  const { task, headers, inputs } = element;
  if (task === undefined) return {};
  const retries = expressions.value(element, 'retries', task.retries);
  if (retries.expression === undefined && !/^(?:\d+|=.*)$/s.test(task.retries.trim())) {
    const fix = 'Write a whole number or an expression';
    reporter.report(element, 'retries', `'${task.retries}' is no number of retries`, fix);
  }
  return {
    job: {
      type: expressions.value(element, 'type', task.type),
      retries,
      headers,
      inputs: Object.fromEntries(inputs.map(({ target, source }) => [target, source])),
    },
  };
}

function messageOf(
  element: FlowElement,
  kind: NodeKind,
  expressions: ExpressionCompiler,
  reporter: ProblemReporter,
): MessageTemplate | undefined {
  const message = element.message ?? eventMessageOf(element);
  if (message === undefined) return undefined;
  const name = expressions.value(element, 'message name', message.name);
  if (message.correlationKey !== undefined) {
    const { correlationKey } = message;
    const key = expressions.expression(element, 'correlationKey', correlationKey);
    return { name, correlationKey: key };
  }
  if (kind !== 'start') {
    const reason = 'its message has no correlation key, so that nothing could be correlated';
    reporter.report(element, 'correlationKey', reason, 'Give the message a correlation key');
  }
  return { name };
}

function eventMessageOf({ eventDefinitions }: FlowElement): MessageDefinition | undefined {
  for (const definition of eventDefinitions) {
    if (definition.kind === 'message') return definition.message;
  }
  return undefined;
}

function errorOf(
  element: FlowElement,
  kind: NodeKind,
  reporter: ProblemReporter,
): { readonly code?: string } | undefined {
  const definition = element.eventDefinitions.find((at) => at.kind === 'error');
  if (definition?.kind !== 'error') return undefined;
  const code = definition.code?.trim() ?? '';
  if (code.startsWith('=')) {
    const fix = 'Write the code as text';
    reporter.report(element, 'errorCode', 'error codes as expressions are not supported', fix);
  }
  if (code === '' && kind === 'errorEnd') {
    const fix = 'Choose an error that has a code';
    reporter.report(element, 'errorCode', 'it throws an error without a code', fix);
  }
  return code === '' ? {} : { code };
}
