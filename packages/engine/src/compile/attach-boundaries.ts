import type { DraftNode } from './draft-node.ts';
import type { ProblemReporter } from './problem-reporter.ts';

/** Attaches boundary events to their activities. */
export function attachBoundaries(
  nodes: ReadonlyMap<string, DraftNode>,
  reporter: ProblemReporter,
): void {
  for (const node of nodes.values()) {
    if (node.kind !== 'boundary' || node.element.attachedTo === undefined) continue;
    const activity = nodes.get(node.element.attachedTo);
    if (activity === undefined) continue;
    if (!isActivity(activity) || activity.element.scopeId !== node.element.scopeId) {
      const reason = `it is attached to ${activity.id}, which is no activity of the same scope`;
      reporter.report(node.element, 'attachedToRef', reason, 'Attach it to a task or sub-process');
    }
    checkError(node, activity, reporter);
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
