import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { z } from 'zod';

/**
 * The next message of a child process.
 * @throws {Error} the process ends before, or says something else.
 */
export async function receiveMessage<Schema extends z.ZodType>(
  child: ChildProcess,
  schema: Schema,
): Promise<z.output<Schema>> {
  const over = new AbortController();
  const { signal } = over;
  const ended = async (): Promise<never> => {
    const [code] = await once(child, 'exit', { signal });
    throw new Error(`A process of the benchmark ended with ${code}`);
  };
  try {
    const [message]: unknown[] = await Promise.race([once(child, 'message', { signal }), ended()]);
    return schema.parse(message);
  } finally {
    over.abort();
  }
}
