/** What senders believe to post to: Twilio signs it. */
export const publicUrl = 'https://hooks.example.com';
