import type { ElementTemplate } from '../template/element-template.ts';

/** A version of a template, and where it is to be had. */
export interface TemplateIndexEntry {
  readonly version: number;
  /** Absolute URL. */
  readonly ref: string;
  readonly engine: { readonly camunda: string };
}

/** Versions of templates by id, newest first: what Desktop Modeler 8.10 takes over HTTP. */
export type TemplateIndex = Readonly<Record<string, readonly TemplateIndexEntry[]>>;

/** A template and the path of its file below the index. */
export interface IndexedTemplate {
  readonly path: string;
  readonly template: Pick<ElementTemplate, 'id' | 'version' | 'engines'>;
}

/**
 * Lists templates for a modeler that takes them over HTTP.
 * @param baseUrl under which the files are served, without slash at the end.
 */
export function createTemplateIndex(
  files: readonly IndexedTemplate[],
  baseUrl: string,
): TemplateIndex {
  const index = new Map<string, TemplateIndexEntry[]>();
  for (const { path, template } of files) {
    const { id, version, engines } = template;
    const entries = index.get(id) ?? [];
    entries.push({ version, ref: `${baseUrl}/${path}`, engine: { camunda: engines.camunda } });
    index.set(id, entries);
  }
  for (const entries of index.values()) entries.sort((a, b) => b.version - a.version);
  return Object.fromEntries(index);
}
