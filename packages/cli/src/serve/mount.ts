import { type HttpReceiver, problemAnswer } from '@bpmn-connectors/sdk';

/** Hands requests to the receiver of their first path segment, with the path below it. */
export function mount(receivers: Readonly<Record<string, HttpReceiver>>): HttpReceiver {
  const mounted = new Map(Object.entries(receivers));
  return {
    handle: async (request) => {
      const [, prefix = '', rest = ''] = /^(\/[^/]*)(.*)$/s.exec(request.path) ?? [];
      const receiver = mounted.get(prefix);
      if (receiver === undefined)
        return problemAnswer({
          status: 404,
          code: 'NOT_FOUND',
          title: 'There is no such resource',
        });
      return receiver.handle({ ...request, path: rest === '' ? '/' : rest });
    },
  };
}
