import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobResult, JobSource } from '@bpmn-connectors/sdk';
import { takeFirst } from './take-first.ts';

/** A job and whom to tell how it ended. */
export interface OpenJob {
  readonly job: Job;
  readonly end: (result: JobResult) => void;
}

/** Hands jobs out to workers, and again when their time is over. */
export function createJobQueue() {
  const open: OpenJob[] = [];
  const changes = new EventEmitter().setMaxListeners(0);
  let closed = false;
  const offer = (entry: OpenJob): void => {
    open.push(entry);
    changes.emit('change');
  };
  const work: JobSource['work'] = ({ type, maxActive, timeoutMs, fetchVariables }, handler) => {
    let drained = false;
    const run = async (entry: OpenJob): Promise<void> => {
      const signal = AbortSignal.timeout(timeoutMs);
      const all = Object.entries(entry.job.variables);
      const wanted = all.filter(([name]) => fetchVariables?.includes(name) ?? true);
      const variables = Object.fromEntries(wanted);
      const job = { ...entry.job, variables, deadline: Date.now() + timeoutMs };
      const result = await Promise.race([handler(job, signal), once(signal, 'abort')]);
      if ('action' in result) entry.end(result);
      else offer(entry);
    };
    const slot = async (): Promise<void> => {
      while (!drained && !closed) {
        const entry = takeFirst(open, ({ job }) => job.type === type);
        await (entry === undefined ? once(changes, 'change') : run(entry));
      }
    };
    const slots = Promise.all(Array.from({ length: maxActive }, slot));
    const drain = async (patienceMs: number): Promise<void> => {
      drained = true;
      changes.emit('change');
      await Promise.race([slots, sleep(patienceMs, undefined, { ref: false })]);
    };
    return { drain };
  };
  const close = (): void => {
    closed = true;
    changes.emit('change');
  };
  return { offer, work, close };
}
