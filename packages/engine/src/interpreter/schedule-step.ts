import type { Kernel } from '../kernel.ts';
import type { ElementInstance, ElementState } from '../state/process-instance.ts';

/** Sets what an element has to do next and queues it. */
export function scheduleStep(
  kernel: Kernel,
  element: ElementInstance,
  state: Exclude<ElementState, 'active'>,
): void {
  element.state = state;
  kernel.steps.push(element);
  kernel.committer.touch(element.instance);
}
