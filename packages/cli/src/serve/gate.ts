import { type HttpReceiver, problemAnswer } from '@bpmn-connectors/sdk';

/** A receiver whose own comes later: until then every answer is 503. */
export interface Gate extends HttpReceiver {
  open(receiver: HttpReceiver): void;
}

const notReady: HttpReceiver = {
  handle: async () =>
    problemAnswer(
      { status: 503, code: 'NOT_READY', title: 'Starting; try again soon' },
      { 'retry-after': '1' },
    ),
};

/** Lets a port be taken before what it serves is there. */
export function createGate(): Gate {
  let current = notReady;
  return {
    open: (receiver) => {
      current = receiver;
    },
    handle: (request) => current.handle(request),
  };
}
