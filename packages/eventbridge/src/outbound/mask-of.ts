import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { createMask } from '@bpmn-connectors/sdk';
import type { Target } from './resolve-target.ts';

/** Takes credentials and payload out of a text. Made only when there is one: details may be long. */
export const maskOf =
  ({ credentials }: Target, entries: readonly PutEventsRequestEntry[]) =>
  (text: string): string => {
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = credentials ?? {};
    const details = entries.map(({ Detail = '' }) => Detail);
    return createMask([accessKeyId, secretAccessKey, sessionToken, ...details])(text);
  };
