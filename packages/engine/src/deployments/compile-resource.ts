import { createHash } from 'node:crypto';
import type { Problem } from '@bpmn-connectors/bpmn';
import { readModel } from '@bpmn-connectors/bpmn';
import type { Clock, Resource } from '@bpmn-connectors/sdk';
import { type Compilation, compileProcess } from '../compile/compile-process.ts';

/** A file with its processes compiled. */
export interface CompiledResource {
  readonly resource: Resource;
  readonly contentHash: string;
  readonly processes: readonly Compilation['process'][];
  readonly problems: readonly Problem[];
}

/** Reads and compiles a file; a file that is no BPMN is a problem like any other. */
export async function compileResource(resource: Resource, clock: Clock): Promise<CompiledResource> {
  const { name: file, content } = resource;
  const contentHash = createHash('sha256').update(content).digest('hex');
  try {
    const model = await readModel(content, { name: file });
    const { inboundElements } = model;
    const compilations = model.processes.map((process) =>
      compileProcess({ process, inboundElements, file, clock }),
    );
    return {
      resource,
      contentHash,
      processes: compilations.map(({ process }) => process),
      problems: [...model.problems, ...compilations.flatMap(({ problems }) => problems)],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = { where: file, reason, fix: 'Deploy a BPMN 2.0 file' };
    return { resource, contentHash, processes: [], problems: [problem] };
  }
}
