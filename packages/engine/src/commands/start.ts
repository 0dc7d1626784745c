import type { JsonObject, Rejected, StartCommand, Started } from '@bpmn-connectors/sdk';
import { startInstance } from '../interpreter/start-instance.ts';
import type { Kernel } from '../kernel.ts';
import type { Definition, ProcessInstance } from '../state/process-instance.ts';

/** What a start led to, in memory: to be told once it is durable. */
export type StartResult =
  | { readonly outcome: Rejected }
  | { readonly outcome: Started; readonly instance: ProcessInstance };

/** Starts an instance at the none start event of the exact version, or of the latest. */
export function start(kernel: Kernel, command: StartCommand, variables: JsonObject): StartResult {
  const definition = definitionOf(kernel, command);
  if (definition === undefined) {
    const version = command.version === undefined ? '' : ` in version ${command.version}`;
    return rejected('NOT_FOUND', `Process ${command.processId} is not deployed${version}`);
  }
  const node = definition.process.noneStart;
  if (node === undefined || node.id !== command.elementId) {
    const what = `${command.elementId} is no none start event of process ${command.processId}`;
    return rejected('INVALID', what);
  }
  const { trace } = command;
  const begin = { definition, node, variables, startKey: undefined, trace };
  const instance = startInstance(kernel, begin);
  return { outcome: { status: 'started', processInstanceKey: instance.key }, instance };
}

const definitionOf = (kernel: Kernel, command: StartCommand): Definition | undefined =>
  command.version === undefined
    ? kernel.definitions.latest(command.processId)
    : kernel.definitions.version(command.processId, command.version);

const rejected = (code: Rejected['code'], message: string): { readonly outcome: Rejected } => ({
  outcome: { status: 'rejected', code, message },
});
