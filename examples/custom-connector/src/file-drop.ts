import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as sdk from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** `root`: a model names a folder in here, and can name none elsewhere. */
type FileDropOptions = { readonly root: string; readonly everyMs?: number };

// #region connector
/** One definition gives the types and the validation of the model's properties. */
export const fileDropDefinition = sdk.defineInbound({
  type: 'io.example:file-drop:1',
  template: { id: 'io.example.FileDrop.v1', version: 1, name: 'File drop' },
  properties: z.object({
    folder: sdk.field(z.string().regex(/^\w[\w-]*$/), { label: 'Folder' }),
    maxBytes: sdk.field(z.int().min(1).default(1_000_000), { label: 'Largest file in bytes' }),
  }),
});

const ends = { acknowledge: 'done', reject: 'failed' } as const;

/** Makes an event of each JSON file. What cannot be handed over now stays and is tried again. */
export const fileDrop = ({ root, everyMs = 1000 }: FileDropOptions) =>
  sdk.implementInbound(fileDropDefinition, {
    address: ({ folder }) => folder,
    activate: async ({ folder, maxBytes }, context) => {
      const at = (...path: string[]): string => join(root, folder, ...path);
      for (const end of Object.values(ends)) await mkdir(at(end), { recursive: true });
      const offer = async (name: string): Promise<sdk.Verdict> => {
        const { size, mtimeMs } = await stat(at(name));
        if (size > maxBytes) return 'reject';
        const variables = {
          file: { name, size },
          content: sdk.parseJson(await readFile(at(name))),
        };
        // After a crash before the file was moved it has the same id, and is a duplicate.
        return sdk.verdictOf(
          await context.correlate({ variables, messageId: `${name}@${mtimeMs}` }),
        );
      };
      const run = async (signal: AbortSignal): Promise<void> => {
        const entries = await readdir(at(), { withFileTypes: true });
        // Who writes slowly puts a dot before the name, and renames the file at the end.
        const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
        let waiting = 0;
        for (const { name } of files) {
          signal.throwIfAborted();
          const verdict = await offer(name).catch(verdictOfError);
          if (verdict === 'retry') waiting += 1;
          else await rename(at(name), at(ends[verdict], `${context.clock.now()}-${name}`));
        }
        if (waiting > 0) throw new sdk.ConnectorError('FILES_WAIT', `${waiting} file(s) wait`);
      };
      return sdk.poll({ everyMs, run }, context);
    },
  });

/** What is not JSON never will be; a file that cannot be read may be readable later. */
const verdictOfError = (error: unknown) => (sdk.isConnectorError(error) ? 'reject' : 'retry');
// #endregion
