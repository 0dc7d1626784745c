import type { JsonObject, TraceContext } from '@bpmn-connectors/sdk';
import type { Node } from '../compile/compiled-process.ts';
import type { Kernel } from '../kernel.ts';
import { type Definition, ProcessInstance } from '../state/process-instance.ts';
import { acceptVariables } from './accept-variables.ts';
import { enterNode } from './take-flow.ts';

/** Which instance to start, and where. */
export interface InstanceStart {
  readonly definition: Definition;
  readonly node: Node;
  readonly variables: JsonObject;
  /** Correlation key of the message that starts it, unless empty. */
  readonly startKey: string | undefined;
  readonly trace: TraceContext | undefined;
}

/** Starts an instance at a start event. */
export function startInstance(kernel: Kernel, start: InstanceStart): ProcessInstance {
  const { definition, node, variables, startKey, trace } = start;
  const key = kernel.keys.next();
  const startedAt = kernel.clock.now();
  const instance = new ProcessInstance({ key, definition, startedAt, startKey });
  instance.trace = trace;
  kernel.instances.set(key, instance);
  kernel.definitions.entered(definition);
  if (startKey !== undefined) kernel.startLocks.take(definition.processId, startKey);
  acceptVariables(enterNode(kernel, node, instance.root), variables);
  return instance;
}
