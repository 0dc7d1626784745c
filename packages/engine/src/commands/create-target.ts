import type {
  Command,
  CorrelateCommand,
  JsonObject,
  Outcome,
  StartCommand,
  Unavailable,
} from '@bpmn-connectors/sdk';
import type { StepRunner } from '../interpreter/run-steps.ts';
import type { Kernel } from '../kernel.ts';
import type { ProcessInstance } from '../state/process-instance.ts';
import { awaitEnd } from './await-end.ts';
import { checkCommand } from './check-command.ts';
import { correlate } from './correlate.ts';
import { publish } from './publish.ts';
import { start } from './start.ts';
import type { StartKeys } from './start-keys.ts';

/** What commands are carried out with. */
export interface TargetParts {
  readonly kernel: Kernel;
  readonly runner: StepRunner;
  readonly startKeys: StartKeys;
  /** Why no command is taken now. */
  readonly refusal: () => string | undefined;
  /** Aborts when the engine closes. */
  readonly closing: AbortSignal;
}

/** Carries a command out and tells its outcome once that is durable. Never rejects. */
export type Send = (command: Command, signal: AbortSignal | undefined) => Promise<Outcome>;

export function createTarget(parts: TargetParts): Send {
  const { kernel, refusal } = parts;
  return async (command, signal) => {
    const reason = signal?.aborted === true ? 'the command was given up' : refusal();
    if (reason !== undefined) return unavailable(reason);
    const checked = checkCommand(command, kernel.limits);
    if ('rejected' in checked) return checked.rejected;
    try {
      return await carryOut(parts, command, checked.variables, signal);
    } catch {
      return unavailable(refusal() ?? 'the command could not be made durable');
    }
  };
}

function carryOut(
  parts: TargetParts,
  command: Command,
  variables: JsonObject,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  if (command.kind === 'start') return sendStart(parts, command, variables, signal);
  if (command.kind === 'correlate') return sendCorrelate(parts, command, variables, signal);
  return settle(parts, publish(parts.kernel, command, variables));
}

async function settle({ kernel, runner }: TargetParts, outcome: Outcome): Promise<Outcome> {
  runner.run();
  await kernel.committer.durable();
  return outcome;
}

async function sendStart(
  parts: TargetParts,
  command: StartCommand,
  variables: JsonObject,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { kernel, startKeys, refusal } = parts;
  const { idempotencyKey = '' } = command;
  let end: Promise<EndVariables> | undefined;
  const run = async (): Promise<Outcome> => {
    const reason = refusal();
    if (reason !== undefined) return unavailable(reason);
    const result = start(kernel, command, variables);
    if (!('instance' in result)) return result.outcome;
    end = variablesAtEnd(parts, command, result.instance, signal);
    if (idempotencyKey !== '') startKeys.remember(idempotencyKey, result.outcome);
    return settle(parts, result.outcome);
  };
  const outcome = await (idempotencyKey === '' ? run() : startKeys.once(idempotencyKey, run));
  return outcome.status === 'started' ? { ...outcome, ...(await end) } : outcome;
}

async function sendCorrelate(
  parts: TargetParts,
  command: CorrelateCommand,
  variables: JsonObject,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const outcome = correlate(parts.kernel, command, variables);
  if (outcome.status === 'no-subscription') return outcome;
  const instance = parts.kernel.instances.get(outcome.processInstanceKey);
  const end = variablesAtEnd(parts, command, instance, signal);
  await settle(parts, outcome);
  return { ...outcome, ...(await end) };
}

interface EndVariables {
  readonly variables?: JsonObject;
}

async function variablesAtEnd(
  { kernel, closing }: TargetParts,
  { awaitResultMs: ms }: StartCommand | CorrelateCommand,
  instance: ProcessInstance | undefined,
  signal: AbortSignal | undefined,
): Promise<EndVariables> {
  if (ms === undefined || ms <= 0 || instance === undefined) return {};
  const signals = signal === undefined ? [closing] : [signal, closing];
  const variables = await awaitEnd(instance, { clock: kernel.clock, ms, signals });
  return variables === undefined ? {} : { variables };
}

const unavailable = (reason: string): Unavailable => ({
  status: 'unavailable',
  code: 'CONNECTION',
  message: `The engine takes no commands: ${reason}`,
});
