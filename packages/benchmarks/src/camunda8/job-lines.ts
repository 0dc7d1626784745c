import type { Zeebe } from '@bpmn-connectors/testing/zeebe';
import type { Line } from './line.ts';
import { measureWorker } from './measure-worker.ts';

/** Who works the jobs of the PutEvents connector: its floor first. */
export function jobLines({ grpcAddress, restAddress }: Zeebe): readonly Line[] {
  const line = (name: string, worker: 'client' | 'connector'): Line => ({
    name,
    measure: () => measureWorker({ worker, grpcAddress, restAddress }),
  });
  return [
    line('the client alone, an empty handler', 'client'),
    line('PutEvents jobs, each with one event', 'connector'),
  ];
}
