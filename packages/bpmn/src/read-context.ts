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
  const add = (location: Omit<Location, 'file'>, reason: string, fix: string): void => {
    const where = problemLocation(file === undefined ? location : { ...location, file });
    if (!byPlace.has(where)) byPlace.set(where, { where, reason, fix });
  };
  return {
    report: (about, property, reason, fix) => {
      const place = property === undefined ? {} : { property };
      add({ ...locate(about), ...place }, reason, fix);
    },
    reportAt: add,
    problems: () => [...byPlace.values()],
  };
}

function locate(about: ModdleElement): Location {
  const chain: ModdleElement[] = [];
  for (let at: unknown = about; isModdleElement(at); at = at.$parent) chain.push(at);
  const process = chain.find(({ $type }) => $type === 'bpmn:Process');
  // Event definitions and the like have ids too, but an author knows the element on the canvas.
  const element =
    chain.find((at) => at.$parent === process || elementTypes.test(at.$type)) ?? chain[0];
  return {
    ...(process === undefined ? {} : { process: named(process) }),
    ...(element === undefined || element === process || textOf(element, 'id') === undefined
      ? {}
      : { element: named(element) }),
  };
}

const elementTypes = /(?:Event|Task|Gateway|SubProcess|CallActivity|SequenceFlow|:Message)$/;

function named(element: ModdleElement): { id: string; name?: string } {
  const name = textOf(element, 'name');
  return { id: textOf(element, 'id') ?? '?', ...(name === undefined ? {} : { name }) };
}
