import type { Kernel } from '../kernel.ts';
import type { ElementInstance } from '../state/process-instance.ts';
import { completeElement } from './complete-element.ts';
import { enterElement } from './enter-element.ts';
import { raiseIncident } from './incidents.ts';
import { StepError } from './step-error.ts';

/** Runs the queued steps. */
export interface StepRunner {
  /** Runs what is queued now; what is too much for one turn of the event loop goes on in the next. */
  run(): void;
  close(): void;
}

export function createStepRunner(kernel: Kernel): StepRunner {
  let resumed: NodeJS.Immediate | undefined;
  let running = false;

  const run = (): void => {
    if (running || resumed !== undefined) return;
    running = true;
    const done = runSome(kernel);
    running = false;
    if (done) return;
    resumed = setImmediate(() => {
      resumed = undefined;
      run();
    });
  };

  return {
    run,
    close: () => {
      if (resumed !== undefined) clearImmediate(resumed);
      kernel.steps.length = 0;
    },
  };
}

/** Runs at most a turn's worth; true when none is left. */
function runSome(kernel: Kernel): boolean {
  const { steps, limits } = kernel;
  let at = 0;
  for (; at < steps.length && at < limits.stepsPerTurn; at += 1) {
    const element = steps[at];
    if (element !== undefined) runStep(kernel, element);
  }
  steps.splice(0, at);
  return steps.length === 0;
}

function runStep(kernel: Kernel, element: ElementInstance): void {
  if (element.gone) return;
  const { instance } = element;
  instance.stepsSinceInput += 1;
  try {
    if (instance.stepsSinceInput > kernel.limits.stepsPerRun) {
      const message = `The instance took ${kernel.limits.stepsPerRun} steps without waiting for anything`;
      throw new StepError('STEP_LIMIT', message);
    }
    if (element.state === 'entering') enterElement(kernel, element);
    else if (element.state === 'completing') completeElement(kernel, element);
  } catch (error) {
    if (error instanceof StepError) raiseIncident(kernel, element, error.code, error.message);
    else stopAt(kernel, element, error);
  }
}

/** A fault of the engine itself stops the one instance it happened in, not all of them. */
function stopAt(kernel: Kernel, element: ElementInstance, error: unknown): void {
  const name = error instanceof Error ? error.name : 'unknown';
  const fields = { instanceKey: element.instance.key, elementId: element.node.id, name };
  kernel.logger.error(fields, 'A step failed in the engine');
  if (element.gone) return;
  raiseIncident(kernel, element, 'UNKNOWN', `The engine failed at this element (${name})`);
}
