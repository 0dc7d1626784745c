import { ConnectorError, defineOutbound, field, implement, secret } from '@bpmn-connectors/sdk';
import { z } from 'zod';

const AnswerSchema = z.object({ id: z.string() });

/** Where messages are sent. */
export interface SmsOptions {
  readonly endpoint: string;
}

// #region connector
/** One definition gives types, validation and the element template. */
export const smsDefinition = defineOutbound({
  type: 'io.example:sms:1',
  template: { id: 'io.example.Sms.v1', version: 1, name: 'Send SMS' },
  input: z.object({
    token: secret({ label: 'Token' }),
    to: field(z.string().min(1), { label: 'To', feel: 'optional' }),
    text: field(z.string().min(1).max(160), { label: 'Text', feel: 'optional' }),
  }),
});

/** Sends text messages through a provider's HTTP API. */
export const sms = ({ endpoint }: SmsOptions) =>
  implement(smsDefinition, async ({ token, to, text }, { signal, job }) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // The same job may come again: the provider then sends nothing twice.
        'idempotency-key': job.key,
      },
      body: JSON.stringify({ to, text }),
    });
    if (!response.ok) {
      throw new ConnectorError(`SMS_${response.status}`, 'The provider refused the message', {
        retryable: response.status === 429 || response.status >= 500,
      });
    }
    return AnswerSchema.parse(await response.json());
  });
// #endregion
