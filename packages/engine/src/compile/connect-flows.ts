import type { FlowElement, ProcessDefinition, SequenceFlow } from '@bpmn-connectors/bpmn';
import type { Flow } from './compiled-process.ts';
import type { DraftNode } from './draft-node.ts';
import type { ExpressionCompiler } from './expression-compiler.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** Connects nodes by their sequence flows, in the order of the model. */
export function connectFlows(
  { elements, flows }: ProcessDefinition,
  nodes: ReadonlyMap<string, DraftNode>,
  expressions: ExpressionCompiler,
  reporter: ProblemReporter,
): void {
  const known = new Set(elements.map(({ id }) => id));
  for (const flow of flows) {
    const source = nodes.get(flow.source);
    const target = nodes.get(flow.target);
    if (source === undefined || target === undefined) {
      // Any other end that is missing here was refused and is reported already.
      const stray = [flow.source, flow.target].find((id) => !known.has(id));
      if (stray !== undefined) reportStray(flow, stray, reporter);
      continue;
    }
    if (source.element.scopeId !== target.element.scopeId) {
      const fix = 'Connect elements of the same process or sub-process';
      reporter.report(flow, undefined, 'the sequence flow crosses the border of a scope', fix);
    }
    checkCondition(flow, source, reporter);
    const made = makeFlow(flow, target, expressions);
    source.outgoing.push(made);
    if (source.element.defaultFlow === flow.id) source.defaultFlow = made;
  }
  for (const { element } of nodes.values()) checkDefault(element, reporter);
}

function checkDefault(element: FlowElement, reporter: ProblemReporter): void {
  const { defaultFlow, outgoing } = element;
  if (defaultFlow === undefined || outgoing.includes(defaultFlow)) return;
  const reason = `its default flow ${defaultFlow} does not leave it`;
  reporter.report(element, 'default', reason, 'Choose one of the flows that leave it');
}

function reportStray(flow: SequenceFlow, end: string, reporter: ProblemReporter): void {
  const reason = `its end ${end} is no event, activity or gateway of this process`;
  reporter.report(flow, undefined, reason, 'Connect elements of the same process');
}

function makeFlow(flow: SequenceFlow, target: DraftNode, expressions: ExpressionCompiler): Flow {
  if (flow.condition === undefined) return { id: flow.id, target };
  const { expression } = expressions.expression(flow, 'condition', flow.condition);
  return { id: flow.id, target, ...(expression === undefined ? {} : { condition: expression }) };
}

function checkCondition(flow: SequenceFlow, source: DraftNode, reporter: ProblemReporter): void {
  const { element, kind } = source;
  if (kind !== 'exclusive') {
    if (flow.condition === undefined && element.defaultFlow !== flow.id) return;
    const reason = `conditions and defaults do nothing on flows that leave a ${element.type}`;
    reporter.report(flow, 'condition', reason, 'Put an exclusive gateway before it');
  } else if (
    flow.condition === undefined &&
    element.outgoing.length > 1 &&
    element.defaultFlow !== flow.id
  ) {
    const fix = `Give it one, or make it the default flow of ${element.id}`;
    reporter.report(flow, 'condition', 'the flow has no condition', fix);
  }
}
