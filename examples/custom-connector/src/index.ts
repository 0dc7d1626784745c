export { fileDrop, fileDropDefinition } from './file-drop.ts';
export { type SmsOptions, sms, smsDefinition } from './sms-connector.ts';
