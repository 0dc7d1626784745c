import type { Target } from './target.ts';

/** Prints each event as a line of JSON. */
export function printTarget(print: (line: string) => void): Target {
  let printed = 0;
  return {
    send: async ({ endpoint, variables }) => {
      print(`${JSON.stringify({ endpoint, ...variables })}\n`);
      printed += 1;
      return { status: 'accepted', messageKey: String(printed) };
    },
    close: async () => {},
  };
}
