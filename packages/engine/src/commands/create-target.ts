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
  const { kernel, runner, startKeys, refusal, closing } = parts;

  const settle = async (outcome: Outcome): Promise<Outcome> => {
    runner.run();
    await kernel.committer.durable();
    return outcome;
  };

  const variablesAtEnd = async (
    command: StartCommand | CorrelateCommand,
    instance: ProcessInstance | undefined,
    signal: AbortSignal | undefined,
  ): Promise<{ variables?: JsonObject }> => {
    const ms = command.awaitResultMs;
    if (ms === undefined || ms <= 0 || instance === undefined) return {};
    const either = signal === undefined ? closing : AbortSignal.any([signal, closing]);
    const variables = await awaitEnd(instance, { clock: kernel.clock, ms, signal: either });
    return variables === undefined ? {} : { variables };
  };

  const sendStart = async (
    command: StartCommand,
    variables: JsonObject,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> => {
    let end: Promise<{ variables?: JsonObject }> | undefined;
    const run = (): Promise<Outcome> => {
      const reason = refusal();
      if (reason !== undefined) return Promise.resolve(unavailable(reason));
      const result = start(kernel, command, variables);
      if (!('instance' in result)) return Promise.resolve(result.outcome);
      end = variablesAtEnd(command, result.instance, signal);
      if (hasKey(command)) startKeys.remember(command.idempotencyKey, result.outcome);
      return settle(result.outcome);
    };
    const outcome = await (hasKey(command) ? startKeys.once(command.idempotencyKey, run) : run());
    return outcome.status === 'started' ? { ...outcome, ...(await end) } : outcome;
  };

  const sendCorrelate = async (
    command: CorrelateCommand,
    variables: JsonObject,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> => {
    const outcome = correlate(kernel, command, variables);
    if (outcome.status === 'no-subscription') return outcome;
    const instance = kernel.instances.get(outcome.processInstanceKey);
    const end = variablesAtEnd(command, instance, signal);
    await settle(outcome);
    return { ...outcome, ...(await end) };
  };

  return async (command, signal) => {
    const reason = signal?.aborted === true ? 'the command was given up' : refusal();
    if (reason !== undefined) return unavailable(reason);
    const checked = checkCommand(command, kernel.limits);
    if ('rejected' in checked) return checked.rejected;
    const { variables } = checked;
    try {
      if (command.kind === 'start') return await sendStart(command, variables, signal);
      if (command.kind === 'correlate') return await sendCorrelate(command, variables, signal);
      return await settle(publish(kernel, command, variables));
    } catch {
      return unavailable(refusal() ?? 'the command could not be made durable');
    }
  };
}

const hasKey = (command: StartCommand): command is StartCommand & { idempotencyKey: string } =>
  command.idempotencyKey !== undefined && command.idempotencyKey !== '';

const unavailable = (reason: string): Unavailable => ({
  status: 'unavailable',
  code: 'CONNECTION',
  message: `The engine takes no commands: ${reason}`,
});
