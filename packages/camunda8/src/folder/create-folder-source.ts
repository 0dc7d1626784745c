import { readFile } from 'node:fs/promises';
import { readModel } from '@bpmn-connectors/bpmn';
import type { Clock, DeployedInboundElement, Logger } from '@bpmn-connectors/sdk';
import { createLookout } from '../models/create-lookout.ts';
import { createSnapshotBoard } from '../models/create-snapshot-board.ts';
import type { ElementSource } from '../models/element-source.ts';
import { type FolderFile, readFolder } from './read-folder.ts';

/** Which folder is looked at, and how often. */
export interface FolderSourceOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tenantId?: string | undefined;
  /** Milliseconds between two looks. @default 2000 */
  readonly intervalMs?: number;
}

interface KnownFile {
  readonly stamp: string;
  readonly elements: readonly DeployedInboundElement[];
}

/**
 * Makes a source of inbound elements from the models in a folder, which somebody else deploys. It looks at the
 * files themselves: folders that are mounted tell of no changes. A file that cannot be read leaves what it held
 * before as it was, and is named in the log.
 */
export function createFolderSource(options: FolderSourceOptions): ElementSource {
  const { folder, clock, logger, tenantId, intervalMs = 2000 } = options;
  const board = createSnapshotBoard();
  let known: ReadonlyMap<string, KnownFile> | undefined;

  const readElements = async (path: string): Promise<readonly DeployedInboundElement[]> => {
    const { inboundElements } = await readModel(await readFile(path, 'utf8'), { name: path });
    if (tenantId === undefined) return inboundElements;
    return inboundElements.map((element) => ({ ...element, tenantId }));
  };

  const read = async ({ path, stamp }: FolderFile): Promise<KnownFile> => {
    const before = known?.get(path);
    if (before?.stamp === stamp) return before;
    try {
      return { stamp, elements: await readElements(path) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      logger.error({ model: path, reason }, 'A model cannot be read: what it held stays');
      return { stamp, elements: before?.elements ?? [] };
    }
  };

  const look = async (): Promise<void> => {
    const files = await readFolder(folder);
    const now = new Map<string, KnownFile>();
    for (const file of files) now.set(file.path, await read(file));
    const isSame =
      known?.size === now.size && [...now].every(([path, file]) => known?.get(path) === file);
    known = now;
    if (isSame) return;
    board.publish([...now.values()].flatMap((file) => file.elements));
  };

  const lookout = createLookout({ look, intervalMs, clock, logger });
  return {
    ...board,
    watch: (signal) => lookout.watch(signal),
    // A file does not say which version of its process a job is of.
    inputsOf: () => undefined,
    health: () => {
      const trouble = lookout.trouble();
      const reason = `the models in ${folder} are not known: ${trouble ?? 'not read yet'}`;
      if (known === undefined) return { status: 'down', reason };
      return trouble === undefined ? { status: 'up' } : { status: 'degraded', reason };
    },
  };
}
