import { administrationCases } from './cases/administration-cases.ts';
import { deploymentCases } from './cases/deployment-cases.ts';
import { inboundSourceCases } from './cases/inbound-source-cases.ts';
import { jobCases } from './cases/job-cases.ts';
import { jobEndCases } from './cases/job-end-cases.ts';
import { lifeCases } from './cases/life-cases.ts';
import { messageCases } from './cases/message-cases.ts';
import { startCases } from './cases/start-cases.ts';
import type { ContractCase, ContractSubject } from './contract-subject.ts';

const allCases = [
  ...lifeCases,
  ...startCases,
  ...messageCases,
  ...jobCases,
  ...jobEndCases,
  ...deploymentCases,
  ...inboundSourceCases,
  ...administrationCases,
];

/**
 * What every process runtime must do, as cases for any test framework. Cases for roles that the process
 * runtime lacks (methods that are not there) are left out; which those are is found out on a subject of
 * its own. Each case makes a subject, uses names of its own in it, and closes it.
 *
 * Times are real: the whole takes a few seconds.
 * @param create makes the process runtime, the same kind each time.
 * @example
 * for (const { name, run } of await processRuntimeContract(async () => ({ processRuntime: createEngine({ journal }) }))) {
 *   test(name, run);
 * }
 */
export async function processRuntimeContract(
  create: () => Promise<ContractSubject>,
): Promise<readonly ContractCase[]> {
  const subject = await create();
  await subject.processRuntime.close();
  return allCases
    .filter((definition) => definition.appliesTo(subject))
    .map(({ name, run }) => ({ name, run: async () => run(await create()) }));
}
