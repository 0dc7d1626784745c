import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Names of `first-call.ts`: ours and `@camunda8/sdk`. */
export type FirstCallClient = 'client' | 'sdk';

const FirstCallSchema = z.object({
  /** From nothing to the module being there. */
  importMs: z.number(),
  /** From nothing to the answer of the first call. */
  answerMs: z.number(),
  /** Memory after it, megabytes. */
  rssMb: z.number(),
});

/** One cold start of a client. */
export type FirstCall = Readonly<z.output<typeof FirstCallSchema>>;

const program = fileURLToPath(new URL('../first-call.js', import.meta.url));

/** @throws {Error} the cluster did not take the message. */
export async function measureFirstCall(
  client: FirstCallClient,
  { grpcAddress, sdkFolder }: { readonly grpcAddress: string; readonly sdkFolder: string },
): Promise<FirstCall> {
  const args = [program, client, grpcAddress, sdkFolder];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return FirstCallSchema.parse(JSON.parse(stdout));
}
