import type {
  FlowElement,
  InboundElement,
  Problem,
  ProcessDefinition,
} from '@bpmn-connectors/bpmn';
import type { Clock } from '@bpmn-connectors/sdk';
import { attachBoundaries } from './attach-boundaries.ts';
import { attachEventSubProcesses } from './attach-event-sub-processes.ts';
import type { CompiledProcess, Node } from './compiled-process.ts';
import { connectFlows } from './connect-flows.ts';
import { type DraftNode, draftNode } from './draft-node.ts';
import { createExpressionCompiler } from './expression-compiler.ts';
import { findStarts } from './find-starts.ts';
import { kindOf } from './kind-of.ts';
import { createProblemReporter, type ProblemReporter } from './problem-reporter.ts';

/** What a process is compiled from. */
export interface ProcessSource {
  readonly process: ProcessDefinition;
  readonly inboundElements: readonly InboundElement[];
  /** File name, for problems. */
  readonly file?: string;
  readonly clock: Clock;
}

/** A compiled process; only without problems may it run. */
export interface Compilation {
  readonly process: CompiledProcess;
  readonly problems: readonly Problem[];
}

const knownExtensions = new Set(['versionTag', 'properties', 'userTaskForm']);

/** Compiles a process: every expression parsed, every element one the engine runs; else all problems at once. */
export function compileProcess(source: ProcessSource): Compilation {
  const { process, inboundElements, file, clock } = source;
  const reporter = createProblemReporter(process, file);
  const expressions = createExpressionCompiler(reporter, clock);
  for (const extension of process.extensions) {
    if (knownExtensions.has(extension)) continue;
    reporter.report(undefined, extension, `zeebe:${extension} is not supported`, 'Remove it');
  }
  const eventSubProcesses = new Set(process.elements.filter(isEventSubProcess).map(({ id }) => id));
  const nodes = new Map<string, DraftNode>();
  for (const element of process.elements) {
    const kind = kindOf(element, eventSubProcesses.has(element.scopeId), reporter);
    checkEnds(element, reporter);
    if (kind === undefined) continue;
    nodes.set(element.id, draftNode(element, kind, expressions, reporter));
  }
  connectFlows(process, nodes, expressions, reporter);
  attachBoundaries(process, nodes, reporter);
  const eventStarts = attachEventSubProcesses(process, nodes, reporter);
  const starts = findStarts(process, nodes, reporter);
  const compiled = { id: process.id, root: rootNode(process.id, eventStarts), nodes, ...starts };
  return {
    process: {
      ...compiled,
      inboundElements: inboundElements.filter(({ processId }) => processId === process.id),
    },
    problems: reporter.problems(),
  };
}

const isEventSubProcess = ({ type, triggeredByEvent }: FlowElement): boolean =>
  type === 'subProcess' && triggeredByEvent;

function checkEnds(element: FlowElement, reporter: ProblemReporter): void {
  const { type, incoming, outgoing } = element;
  const byEvent = isEventSubProcess(element) || type === 'startEvent' || type === 'boundaryEvent';
  if (incoming.length > 0 && byEvent) {
    reporter.report(element, 'incoming', 'no sequence flow may enter it', 'Remove the flow');
  }
  if (outgoing.length > 0 && (isEventSubProcess(element) || type === 'endEvent')) {
    reporter.report(element, 'outgoing', 'no sequence flow may leave it', 'Remove the flow');
  }
}

const rootNode = (id: string, eventStarts: readonly Node[]): Node => ({
  id,
  kind: 'process',
  outgoing: [],
  incoming: [],
  boundaries: [],
  eventStarts,
  interrupting: true,
  inputs: [],
  outputs: [],
});
