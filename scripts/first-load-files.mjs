import { brotliCompressSync, constants } from 'node:zlib';

/**
 * The scripts and styles that a page loads at once: what its HTML names, and everything those import statically.
 * Workers, lazy screens and images are none of them.
 *
 * @param {object} site
 * @param {string} site.html
 * @param {Record<string, { file: string, imports?: string[], css?: string[] }>} site.manifest Vite's, of the build
 * @param {(path: string) => Buffer} site.read a file of the build
 * @returns {{ path: string, brotliBytes: number }[]} largest first
 */
export function firstLoadFiles({ html, manifest, read }) {
  const found = new Set();
  const chunkByFile = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]));
  const visit = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const { imports = [], css = [] } = chunkByFile.get(file) ?? {};
    for (const key of imports) visit(manifest[key].file);
    for (const style of css) found.add(style);
  };
  for (const file of filesInHtml(html)) visit(file);
  return [...found]
    .map((path) => ({ path, brotliBytes: brotliBytes(read(path)) }))
    .sort((a, b) => b.brotliBytes - a.brotliBytes);
}

function filesInHtml(html) {
  const tags = [...html.matchAll(/<(script|link)\b[^>]*>/g)].map(([tag]) => tag);
  return tags.flatMap((tag) => {
    const isLoaded = tag.startsWith('<script') || /\brel="?(stylesheet|modulepreload)\b/.test(tag);
    const path = /\b(?:src|href)="?\/?([^"\s>]+)/.exec(tag)?.[1];
    return isLoaded && path !== undefined && !/^\w+:/.test(path) ? [path] : [];
  });
}

export function brotliBytes(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
    .length;
}
