import { senderNames } from '../send/senders.ts';
import type { Command } from './command.ts';

const help = (): string =>
  [
    `  --as SENDER              ${senderNames.slice(0, 5).join(', ')},`,
    `                           ${senderNames.slice(5).join(', ')}`,
    '  --to URL                 The webhook; what Twilio signs',
    '  --secret-env NAME        Environment variable that holds the secret',
    '  --secret-file FILE       File that holds the secret',
    '  --secret-header NAME     Where the secret of eventbridge, cloudevents and plain stands (apikey)',
    "  --header 'NAME: VALUE'   Further header, or another value of the sender's; several times",
    '  --type EVENT             X-GitHub-Event (push), X-Shopify-Topic (orders/create), ce-type',
    '  --dry-run FILE           Send nothing: tell what each step of a webhook of this model (.bpmn) or',
    '                           configuration (.json) would decide; --to may be a path or a webhook id',
    '  --json                   Print {status, headers, body}, of a dry run {webhookId, steps, answer}',
    '',
    'The file goes out byte for byte, - is standard input. eventbridge takes an event as it is on the bus,',
    'twilio and slack forms or JSON, cloudevents an event, a list of events, or data for one of --type.',
    'Exit code 1: the answer is not 2xx, or nobody answers within 30 s. Secrets of a dry run are those of',
    'run; key sets for JWT are fetched.',
  ].join('\n');

/** Posts a file as a sender would, signed. */
export const sendCommand: Command = {
  name: 'send',
  usage: 'FILE|- --as SENDER --to URL|--dry-run FILE [options]',
  summary: 'Post a file to a webhook as GitHub, EventBridge and others do, signed',
  help,
  run: async (argv, io) => {
    const { sendFile } = await import('../send/send-file.ts');
    return sendFile(argv, io);
  },
};
