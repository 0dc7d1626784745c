/** Where deployed files are kept, by the key of their deployment. */
export const resourceNamespace = 'engine.resource';

/** Where versions of processes are kept, by their key. */
export const definitionNamespace = 'engine.definition';

/** A deployed file. It is read and compiled again at every start. */
export interface ResourceRecord {
  readonly name: string;
  readonly content: string;
}

/** A version of a process. */
export interface DefinitionRecord {
  readonly processId: string;
  readonly version: number;
  /** Key of the resource it is in. */
  readonly resource: string;
}

export function readResource(text: string): ResourceRecord {
  return JSON.parse(text);
}

export function readDefinition(text: string): DefinitionRecord {
  return JSON.parse(text);
}
