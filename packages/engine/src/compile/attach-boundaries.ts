import type { ProcessDefinition } from '@bpmn-connectors/bpmn';
import type { DraftNode } from './draft-node.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** Attaches boundary events to their activities. */
export function attachBoundaries(
  process: ProcessDefinition,
  nodes: ReadonlyMap<string, DraftNode>,
  reporter: ProblemReporter,
): void {
  const known = new Set(process.elements.map(({ id }) => id));
  for (const node of nodes.values()) {
    const { attachedTo } = node.element;
    if (node.kind !== 'boundary' || attachedTo === undefined) continue;
    const activity = nodes.get(attachedTo);
    if (activity === undefined) {
      // What is missing here though it stands in the process was refused and is reported already.
      if (known.has(attachedTo)) continue;
      const reason = `it is attached to ${attachedTo}, which is no element of this process`;
      reporter.report(node.element, 'attachedToRef', reason, 'Attach it to a task or sub-process');
      continue;
    }
    if (!isActivity(activity) || activity.element.scopeId !== node.element.scopeId) {
      const reason = `it is attached to ${activity.id}, which is no activity of the same scope`;
      reporter.report(node.element, 'attachedToRef', reason, 'Attach it to a task or sub-process');
    }
    checkError(node, activity, reporter);
    checkMessage(node, activity, reporter);
    activity.boundaries.push(node);
  }
}

const isActivity = ({ element, kind }: DraftNode): boolean =>
  kind !== 'eventSubProcess' && /(?:[tT]ask|subProcess)$/.test(element.type);

function checkError(node: DraftNode, activity: DraftNode, reporter: ProblemReporter): void {
  const { error, element } = node;
  if (error === undefined) return;
  if (!node.interrupting) {
    const fix = 'Make it interrupting';
    reporter.report(element, 'cancelActivity', 'an error boundary event has to interrupt', fix);
  }
  const twin = activity.boundaries.find(
    (at) => at.error !== undefined && at.error.code === error.code,
  );
  if (twin !== undefined) {
    const what = error.code === undefined ? 'every error' : `error '${error.code}'`;
    const reason = `${twin.id} on the same activity already catches ${what}`;
    reporter.report(element, 'errorCode', reason, 'Remove one of them');
  }
}

/** Of two that wait for one message only one would ever get it. Zeebe refuses it too. */
function checkMessage(node: DraftNode, activity: DraftNode, reporter: ProblemReporter): void {
  const name = node.message?.name.text;
  if (name === undefined) return;
  const twin = [activity, ...activity.boundaries].find(
    ({ message }) => message?.name.text === name,
  );
  if (twin === undefined) return;
  const reason = `${twin.id} already waits for message '${name}'`;
  reporter.report(node.element, 'message name', reason, 'Use a message of its own');
}
