import type { FlowElement, ProcessDefinition } from '@bpmn-connectors/bpmn';
import { getOrAdd } from '../state/get-or-add.ts';
import type { MessageStart, Node } from './compiled-process.ts';
import type { DraftNode } from './draft-node.ts';
import type { ProblemReporter } from './problem-reporter.ts';
import { evaluateValue } from './value-source.ts';

/** Where a process begins. */
export interface Starts {
  readonly noneStart?: Node;
  readonly messageStarts: readonly MessageStart[];
}

/** Finds where a process and each of its sub-processes begin, and checks that they do. */
export function findStarts(
  process: ProcessDefinition,
  nodes: ReadonlyMap<string, DraftNode>,
  reporter: ProblemReporter,
): Starts {
  const byScope = new Map<string, DraftNode[]>();
  for (const node of nodes.values()) {
    if (node.kind === 'start') getOrAdd(byScope, node.element.scopeId, () => []).push(node);
  }
  const startsOf = (scopeId: string): readonly DraftNode[] => byScope.get(scopeId) ?? [];
  for (const node of nodes.values()) {
    if (node.kind === 'subProcess') setStart(node, startsOf(node.id), reporter);
  }
  const starts = startsOf(process.id);
  const isStart = ({ type, scopeId }: FlowElement): boolean =>
    type === 'startEvent' && scopeId === process.id;
  if (!process.elements.some(isStart)) {
    reporter.report(undefined, undefined, 'the process has no start event', 'Add one');
  }
  const [noneStart, ...others] = starts.filter(({ message }) => message === undefined);
  for (const { element } of others) {
    const fix = 'Keep one, or make the others message start events';
    reporter.report(element, undefined, 'a process has one none start event at most', fix);
  }
  return {
    ...(noneStart === undefined ? {} : { noneStart }),
    messageStarts: messageStartsOf(starts, reporter),
  };
}

function setStart(node: DraftNode, starts: readonly DraftNode[], reporter: ProblemReporter): void {
  const [start] = starts;
  if (start === undefined || starts.length > 1 || start.message !== undefined) {
    const reason = 'a sub-process begins at exactly one none start event';
    reporter.report(node.element, undefined, reason, 'Give it one');
    return;
  }
  node.start = start;
}

/** A start event's message name is known at deployment: no variables exist yet. */
function messageStartsOf(
  starts: readonly DraftNode[],
  reporter: ProblemReporter,
): readonly MessageStart[] {
  const found = new Map<string, MessageStart>();
  for (const node of starts) {
    if (node.message === undefined) continue;
    const name = nameOf(node);
    if (name === undefined) {
      const reason =
        'the name of a start message has to be text, or an expression without variables';
      reporter.report(node.element, 'message name', reason, 'Write the name as text');
    } else if (found.has(name)) {
      const reason = `another start event of the process waits for message '${name}' too`;
      reporter.report(node.element, 'message name', reason, 'Use a message of its own');
    } else {
      found.set(name, { name, node });
    }
  }
  return [...found.values()];
}

function nameOf({ message }: DraftNode): string | undefined {
  if (message === undefined) return undefined;
  try {
    const name = evaluateValue(message.name, {});
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}
