import { randomUUID } from 'node:crypto';
import type * as sdk from '@bpmn-connectors/sdk';
import { createJobQueue } from './job-queue.ts';
import { type Instance, JobError, type Process } from './process.ts';
import { takeFirst } from './take-first.ts';

type Letter = { address: string; variables: sdk.JsonObject };
type Waiting = { address: string; key: string; go: (variables: sdk.JsonObject) => void };

/**
 * A process runtime of one's own: processes are functions, and everything is in memory.
 * @param failed is told why an instance stopped.
 */
export function createOwnEngine(processes: readonly Process[], failed: (error: unknown) => void) {
  const letters: Letter[] = [];
  const waiting: Waiting[] = [];
  const jobs = createJobQueue();
  let closed = false;

  const start = ({ id: processId, run }: Process, variables: sdk.JsonObject): string => {
    const key = randomUUID();
    const job: Instance['job'] = (step) =>
      new Promise((resolve, reject) => {
        const keys = { key: randomUUID(), processInstanceKey: key, elementInstanceKey: key };
        const open = { ...step, ...keys, processId, deadline: 0 };
        const end = (result: sdk.JobResult): void => {
          if (result.action === 'complete') resolve(result.variables ?? {});
          else if (result.action === 'fail' && result.retries > 0) {
            const again = { job: { ...open, retries: result.retries }, end };
            setTimeout(jobs.offer, result.retryBackoffMs, again);
          } else reject(new JobError(result));
        };
        jobs.offer({ job: open, end });
      });
    const message: Instance['message'] = (...name) =>
      new Promise((go) => {
        const address = JSON.stringify(name);
        const letter = takeFirst(letters, (kept) => kept.address === address);
        if (letter === undefined) waiting.push({ address, key, go });
        else go(letter.variables);
      });
    run(variables, { job, message }).catch(failed);
    return key;
  };

  const deliver = (command: sdk.PublishCommand | sdk.CorrelateCommand): sdk.Outcome => {
    const { messageName, correlationKey, variables } = command;
    const letter = { address: JSON.stringify([messageName, correlationKey]), variables };
    const taker = takeFirst(waiting, ({ address }) => address === letter.address);
    taker?.go(variables);
    const process = processes.find(({ startMessage }) => startMessage === messageName);
    const processInstanceKey = taker?.key ?? (process && start(process, variables));
    if (processInstanceKey !== undefined) return { status: 'correlated', processInstanceKey };
    if (command.kind === 'correlate') return { status: 'no-subscription' };
    if (command.timeToLiveMs) letters.push(letter);
    setTimeout(() => takeFirst(letters, (kept) => kept === letter), command.timeToLiveMs).unref();
    return { status: 'accepted', messageKey: randomUUID() };
  };

  const send = async (command: sdk.Command): Promise<sdk.Outcome> => {
    if (closed)
      return { status: 'unavailable', code: 'CONNECTION', message: 'The engine is closed' };
    if (command.kind !== 'start') return deliver(command);
    const process = processes.find(({ id }) => id === command.processId);
    if (process === undefined) return { status: 'rejected', code: 'NOT_FOUND', message: 'Unknown' };
    return { status: 'started', processInstanceKey: start(process, command.variables) };
  };
  const close = async (): Promise<void> => {
    closed = true;
    jobs.close();
  };
  const health = async () => ({ status: 'up' }) as const;
  return { name: 'own-engine', send, work: jobs.work, health, close };
}
