import { checkpointWhenIdle } from './checkpoint-when-idle.ts';
import { closeDatabase } from './close-database.ts';
import type { Database } from './open-database.ts';
import { recordOfError } from './record-of-error.ts';
import { createStore } from './store.ts';
import type {
  DatabaseAnswer,
  DatabaseRequest,
  ErrorRecord,
  Found,
  Read,
} from './thread-protocol.ts';

/** Does what the main thread asks for; what fails is told in the answer. */
export function answerRequest(database: Database): (request: DatabaseRequest) => DatabaseAnswer {
  const store = createStore(database);
  const checkpointLater = checkpointWhenIdle(database);
  const read = (one: Read): Found | ErrorRecord => {
    try {
      return store.read(one);
    } catch (error) {
      return recordOfError(error);
    }
  };
  return (request) => {
    if (request.kind === 'read') return { found: request.reads.map(read) };
    try {
      if (request.kind === 'close') closeDatabase(database);
      else {
        store.write(request.ops);
        checkpointLater();
      }
      return {};
    } catch (error) {
      return { error: recordOfError(error) };
    }
  };
}
