import { sdkVersion } from './install-sdk.ts';
import { type FirstCall, type FirstCallClient, measureFirstCall } from './measure-first-call.ts';
import { medianOf } from './median-of.ts';

const names: Readonly<Record<FirstCallClient, string>> = {
  client: 'the client alone',
  sdk: `@camunda8/sdk ${sdkVersion} alone`,
};
const clients: readonly FirstCallClient[] = ['client', 'sdk'];

/** What a cold start of each client takes, in turns. Resolves to the rows of a table: medians over the rounds. */
export async function compareFirstCalls(
  where: { readonly grpcAddress: string; readonly sdkFolder: string },
  rounds: number,
): Promise<readonly string[]> {
  const runs = new Map(clients.map((client): [FirstCallClient, FirstCall[]] => [client, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [client, calls] of runs) calls.push(await measureFirstCall(client, where));
  }
  return [...runs].map(([client, calls]) => {
    const of = (figure: keyof FirstCall): number =>
      Math.round(medianOf(calls.map((call) => call[figure])));
    return `| ${[names[client], of('importMs'), of('answerMs'), of('rssMb')].join(' | ')} |`;
  });
}
