import { isModdleElement, type ModdleElement, textOf } from './moddle/moddle-element.ts';
import type { Problem } from './problem.ts';
import { type Location, problemLocation } from './problem-location.ts';

/** Collects the problems of one file. */
export interface ReadContext {
  /** Says that something is wrong with an element; the nearest element with an id is named. */
  report(about: ModdleElement, property: string | undefined, reason: string, fix: string): void;
  /** Says that something is wrong where no element is known. */
  reportAt(location: Omit<Location, 'file'>, reason: string, fix: string): void;
  problems(): readonly Problem[];
}

/** Of several problems at one place only the first is kept: the others follow from it. */
export function createReadContext(file: string | undefined): ReadContext {
  const byPlace = new Map<string, Problem>();
  const homes: Homes = new Map();
  const add = (location: Omit<Location, 'file'>, reason: string, fix: string): void => {
    const where = problemLocation(file === undefined ? location : { ...location, file });
    if (!byPlace.has(where)) byPlace.set(where, { where, reason, fix });
  };
  return {
    report: (about, property, reason, fix) => {
      const place = property === undefined ? {} : { property };
      add({ ...locate(about, homes), ...place }, reason, fix);
    },
    reportAt: add,
    problems: () => [...byPlace.values()],
  };
}

/** Processes of the elements that were asked about, so that not each climbs out of all its scopes again. */
type Homes = Map<ModdleElement, ModdleElement | undefined>;

function processOf(about: ModdleElement, homes: Homes): ModdleElement | undefined {
  const inside: ModdleElement[] = [];
  let at: unknown = about;
  while (isModdleElement(at) && at.$type !== 'bpmn:Process' && !homes.has(at)) {
    inside.push(at);
    at = at.$parent;
  }
  const known = isModdleElement(at) ? at : undefined;
  const process = known !== undefined && homes.has(known) ? homes.get(known) : known;
  for (const element of inside) homes.set(element, process);
  return process;
}

/** Event definitions and the like have ids too, but an author knows the element on the canvas. */
function onCanvas(about: ModdleElement, process: ModdleElement | undefined): ModdleElement {
  for (let at: unknown = about; isModdleElement(at); at = at.$parent) {
    if (at.$parent === process || elementTypes.test(at.$type)) return at;
  }
  return about;
}

function locate(about: ModdleElement, homes: Homes): Location {
  const process = processOf(about, homes);
  const element = onCanvas(about, process);
  return {
    ...(process === undefined ? {} : { process: named(process) }),
    ...(element === process || textOf(element, 'id') === undefined
      ? {}
      : { element: named(element) }),
  };
}

const elementTypes = /(?:Event|Task|Gateway|SubProcess|CallActivity|SequenceFlow|:Message)$/;

function named(element: ModdleElement): { id: string; name?: string } {
  const name = textOf(element, 'name');
  return { id: textOf(element, 'id') ?? '?', ...(name === undefined ? {} : { name }) };
}
