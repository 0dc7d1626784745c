import type { JsonObject } from '@bpmn-connectors/sdk';
import type { ContractJob, ContractProcess } from '@bpmn-connectors/testing';
import { type Instance, JobError, type Process } from '../src/process.ts';

/** A process of the contract suite as a function. */
export const asFunction = ({ id, start, steps }: ContractProcess): Process => ({
  id,
  ...(start.messageName === undefined ? {} : { startMessage: start.messageName }),
  run: async (startVariables, { job, message }) => {
    let variables = startVariables;
    for (const step of steps) {
      if (step.kind === 'message') {
        const value = variables[step.correlationVariable];
        const key = typeof value === 'string' ? value : JSON.stringify(value);
        variables = { ...variables, ...(await message(step.messageName, key)) };
        continue;
      }
      const [after, caught] = await runJob(step, variables, job);
      if (caught) return;
      variables = after;
    }
  },
});

async function runJob(
  { jobType: type, headers: customHeaders, elementId, retries, catches }: ContractJob,
  variables: JsonObject,
  job: Instance['job'],
): Promise<readonly [variables: JsonObject, caught: boolean]> {
  try {
    const result = await job({ type, elementId, retries, customHeaders, variables });
    return [{ ...variables, ...result }, false];
  } catch (error) {
    if (!(error instanceof JobError) || error.result.action !== 'throwError') throw error;
    if (catches === undefined || error.result.errorCode !== catches.errorCode) throw error;
    const [after] = await runJob(catches.then, { ...variables, ...error.result.variables }, job);
    return [after, true];
  }
}
