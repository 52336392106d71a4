import { maskCode } from './mask-code.mjs';

/**
 * Every module that the code names: `import`, `export … from`, `import()` and `require()`, types included.
 *
 * @param {string} code
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(code) {
  const masked = maskCode(code);
  return patterns
    .flatMap((pattern) => [...masked.matchAll(pattern)])
    .map((match) => specifierAt(code, match))
    .sort((a, b) => a.line - b.line);
}

/** Each ends with a quoted text that the mask has blanked. */
const patterns = [
  /\b(?:import|export)\b[^;'"`()=]*?\bfrom\s*(['"]) *\1/g,
  /\bimport\s*(['"]) *\1/g,
  /\b(?:import|require)\s*\(\s*(['"]) *\1/g,
];

function specifierAt(code, match) {
  const end = match.index + match[0].length - 1;
  const start = match.index + match[0].lastIndexOf(match[1], match[0].length - 2) + 1;
  return { specifier: code.slice(start, end), line: lineAt(code, start) };
}

export function lineAt(code, position) {
  return code.slice(0, position).split('\n').length;
}
