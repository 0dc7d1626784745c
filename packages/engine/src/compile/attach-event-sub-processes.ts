import type { FlowElement, ProcessDefinition } from '@bpmn-connectors/bpmn';
import { getOrAdd } from '../state/get-or-add.ts';
import type { DraftNode } from './draft-node.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/**
 * Attaches event sub-processes to the scopes they stand in, and checks what starts them (Zeebe's rules).
 * @returns start events of those that stand in the process itself.
 */
export function attachEventSubProcesses(
  process: ProcessDefinition,
  nodes: ReadonlyMap<string, DraftNode>,
  reporter: ProblemReporter,
): readonly DraftNode[] {
  const ofProcess: DraftNode[] = [];
  const starts = new Map<string, FlowElement[]>();
  for (const element of process.elements) {
    if (element.type === 'startEvent') getOrAdd(starts, element.scopeId, () => []).push(element);
  }
  for (const node of nodes.values()) {
    if (node.kind !== 'eventSubProcess') continue;
    const start = startOf(node, starts.get(node.id) ?? [], nodes, reporter);
    if (start === undefined) continue;
    node.start = start;
    start.eventSubProcess = node;
    const siblings = nodes.get(node.element.scopeId)?.eventStarts ?? ofProcess;
    checkStart(start, siblings, reporter);
    siblings.push(start);
  }
  return ofProcess;
}

/** Undefined also for a start event whose kind was refused, and is reported already. */
function startOf(
  { element }: DraftNode,
  [start, ...others]: readonly FlowElement[],
  nodes: ReadonlyMap<string, DraftNode>,
  reporter: ProblemReporter,
): DraftNode | undefined {
  if (start === undefined || others.length > 0) {
    const reason = 'an event sub-process begins at exactly one start event';
    reporter.report(element, undefined, reason, 'Give it one message or error start event');
    return undefined;
  }
  return nodes.get(start.id);
}

function checkStart(
  { element, error, interrupting, message }: DraftNode,
  siblings: readonly DraftNode[],
  reporter: ProblemReporter,
): void {
  if (error !== undefined && !interrupting) {
    const reason = 'an error start event has to interrupt';
    reporter.report(element, 'isInterrupting', reason, 'Make it interrupting');
  }
  const twin = siblings.find((at) =>
    error === undefined
      ? at.message !== undefined && at.message.name.text === message?.name.text
      : at.error !== undefined && at.error.code === error.code,
  );
  if (twin === undefined) return;
  const what = error === undefined ? `message '${message?.name.text}'` : errorText(error.code);
  const reason = `${twin.id} in the same scope already starts an event sub-process by ${what}`;
  const property = error === undefined ? 'message name' : 'errorCode';
  reporter.report(element, property, reason, 'Remove one of them');
}

const errorText = (code: string | undefined): string =>
  code === undefined ? 'every error' : `error '${code}'`;
