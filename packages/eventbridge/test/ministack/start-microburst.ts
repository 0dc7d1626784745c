import { installFromPypi } from './install-from-pypi.ts';
import { type RunningProgram, startProgram } from './start-program.ts';

/** A fault as microburst takes it: an error in AWS's wire format, a cut connection, a spoilt answer. */
export type MicroburstFault =
  | { readonly error: { readonly code: string; readonly status?: number } }
  | { readonly reset: true }
  | { readonly response: { readonly truncate_frac: number } | { readonly abort_frac: number } };

/** A running microburst: lets calls to the service behind it go wrong. */
export interface Microburst extends RunningProgram {
  /** Lets so many coming calls of an action of EventBridge go wrong, instead of those told before. */
  failNext(operation: string, fault: MicroburstFault, times: number): Promise<void>;
  /** How many calls went wrong since. */
  fired(): Promise<number>;
}

/** Starts microburst (MIT), a fault proxy that this project had no part in. */
export async function startMicroburst(upstream: string): Promise<Microburst> {
  const program = await startProgram({
    command: await installFromPypi('microburst', '0.10.0'),
    parameters: (port) => [
      ...['-m', 'microburst', '--host', '127.0.0.1'],
      ...['--port', port, '--upstream', upstream],
    ],
    health: '/_microburst/health',
  });
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${program.endpoint}/_microburst${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    ...program,
    failNext: async (operation, fault, times) => {
      await call('DELETE', '/fired');
      await call('POST', '/rules', [{ service: 'events', operation, times, ...fault }]);
    },
    fired: async () => {
      const fired = await call('GET', '/fired');
      return Array.isArray(fired) ? fired.length : Number.NaN;
    },
  };
}
