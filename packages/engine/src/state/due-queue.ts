import type { Clock } from '@bpmn-connectors/sdk';

interface Entry {
  readonly due: number;
  readonly run: () => void;
  /** Place in the heap; -1 once it is out. */
  at: number;
}

/** Things to do at absolute times: one timer for the nearest, however many wait. */
export interface DueQueue {
  /** Calls `run` at or after `due` (epoch milliseconds); the returned function cancels. */
  schedule(due: number, run: () => void): () => void;
  close(): void;
}

/** A binary heap whose entries know their place, so that cancelling is as cheap as adding. */
export function createDueQueue(clock: Clock): DueQueue {
  const heap: Entry[] = [];
  let armed: { readonly due: number; readonly cancel: () => void } | undefined;
  let closed = false;

  const fire = (): void => {
    armed = undefined;
    const now = clock.now();
    for (let head = heap[0]; head !== undefined && head.due <= now; head = heap[0]) {
      remove(heap, head);
      head.run();
    }
    arm();
  };

  const arm = (): void => {
    const head = heap[0];
    if (closed || head === undefined || (armed !== undefined && armed.due <= head.due)) return;
    armed?.cancel();
    armed = { due: head.due, cancel: clock.schedule(Math.max(0, head.due - clock.now()), fire) };
  };

  return {
    schedule: (due, run) => {
      const entry: Entry = { due, run, at: heap.length };
      heap.push(entry);
      rise(heap, entry);
      arm();
      return () => remove(heap, entry);
    },
    close: () => {
      closed = true;
      armed?.cancel();
      heap.length = 0;
    },
  };
}

function place(heap: Entry[], entry: Entry, at: number): void {
  heap[at] = entry;
  entry.at = at;
}

function rise(heap: Entry[], entry: Entry): void {
  for (let at = entry.at; at > 0; ) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || parent.due <= entry.due) break;
    place(heap, parent, at);
    place(heap, entry, above);
    at = above;
  }
}

function sink(heap: Entry[], entry: Entry): void {
  for (let at = entry.at; ; ) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const least = right !== undefined && left !== undefined && right.due < left.due ? right : left;
    if (least === undefined || least.due >= entry.due) return;
    const below = least.at;
    place(heap, least, at);
    place(heap, entry, below);
    at = below;
  }
}

function remove(heap: Entry[], entry: Entry): void {
  if (entry.at < 0 || heap[entry.at] !== entry) return;
  const last = heap.pop();
  if (last !== undefined && last !== entry) {
    place(heap, last, entry.at);
    rise(heap, last);
    sink(heap, last);
  }
  entry.at = -1;
}
