import { cloudEventMode } from './cloud-event-mode.ts';
import { contentTypeOf } from './content-type-of.ts';
import type { Sender } from './sender.ts';

const mediaTypes = {
  structured: 'application/cloudevents+json; charset=UTF-8',
  batched: 'application/cloudevents-batch+json; charset=UTF-8',
};

/** CloudEvents over HTTP 1.0.2: events as they are, other files as the data of one in binary mode. */
export const cloudEventsSender: Sender = {
  type: 'ce-type',
  headers: ({ body, type = '', id }) => {
    const mode = cloudEventMode(body);
    if (mode !== 'binary') return { 'Content-Type': mediaTypes[mode] };
    return {
      'Content-Type': contentTypeOf(body),
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': 'urn:bpmn-connectors:send',
      'ce-type': type,
      'ce-time': new Date().toISOString(),
    };
  },
  problem: ({ body, type }) => {
    const isBinary = cloudEventMode(body) === 'binary';
    if (isBinary === (type !== undefined)) return undefined;
    return isBinary
      ? 'cloudevents: the file is no event, and as the data of one it needs --type EVENT'
      : 'cloudevents: the file names its type itself: leave out --type';
  },
};
