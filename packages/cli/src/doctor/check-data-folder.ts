import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inspectJournal } from '@bpmn-connectors/journal';
import { errorCode } from '../io/error-code.ts';
import type { PlanDraft } from '../serve/draft-plan.ts';
import { type CheckResult, fail, ok } from './check-result.ts';
import { failsOfError } from './fails-of-error.ts';
import { judgeFsync } from './judge-fsync.ts';
import { judgeSpace } from './judge-space.ts';
import { measureFsync } from './measure-fsync.ts';

/** The folder itself, or the one in which it would be made. */
async function nearestFolder(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch {
    const parent = dirname(path);
    return parent === path ? path : nearestFolder(parent);
  }
}

async function checkJournal(data: string): Promise<readonly CheckResult[]> {
  try {
    const exists = await inspectJournal(data);
    const found = exists ? 'no other process has it, and its format is ours' : 'it is new';
    return [ok(`data folder ${data}`, found)];
  } catch (error) {
    return failsOfError(`data folder ${data}`, error);
  }
}

/** Whether the durable state can be kept: writable, nobody else's, with space, on a disk that is not slow. */
export async function checkDataFolder({
  configuration,
  cwd,
}: PlanDraft): Promise<readonly CheckResult[]> {
  const data = resolve(cwd, configuration.data);
  const folder = await nearestFolder(data);
  let fsyncMs: number;
  try {
    fsyncMs = await measureFsync(folder);
  } catch (error) {
    const code = errorCode(error);
    const reason =
      code === 'ENOTDIR' ? `${folder} is a file` : `${folder} cannot be written (${String(code)})`;
    const fix = 'Let this user write there, or choose another folder with --data';
    return [fail(`data folder ${data}`, reason, fix)];
  }
  return [...(await checkJournal(data)), await judgeSpace(folder), judgeFsync(fsyncMs)];
}
