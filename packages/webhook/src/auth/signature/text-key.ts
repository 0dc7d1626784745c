import { createSecretKey, type KeyObject } from 'node:crypto';

/** Most senders sign with the secret's text itself, in UTF-8. */
export const textKey = (secret: string): KeyObject => createSecretKey(Buffer.from(secret));

/** What such a secret looks like. */
export const textSecret = 'the text that the sender shows';
