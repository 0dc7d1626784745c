import { field } from '@bpmn-connectors/sdk';
import { z } from 'zod';

/** Fields that say what the sender is answered. */
export const responseFields = () => ({
  responseExpression: field(z.string().optional(), {
    label: 'Response expression',
    description: 'FEEL that gives body, statusCode and headers of the answer',
    group: 'webhookResponse',
    feel: 'required',
    multiline: true,
    placeholder: '{statusCode: 202, body: {accepted: request.body.id}}',
  }),
  verificationExpression: field(z.string().optional(), {
    label: 'Verification expression',
    description: "Answers a sender's test request, which starts nothing; null for all others",
    group: 'webhookResponse',
    feel: 'required',
    multiline: true,
    placeholder:
      'if request.body.type = "url_verification" then {body: {challenge: request.body.challenge}} else null',
  }),
});
