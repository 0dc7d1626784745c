export { inspectJournal } from './inspect-journal.ts';
export { type JournalOptions, type LibsqlJournal, openJournal } from './open-journal.ts';
