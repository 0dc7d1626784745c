export { type JournalOptions, type LibsqlJournal, openJournal } from './open-journal.ts';
