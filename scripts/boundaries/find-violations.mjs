import { importsOf } from './imports.mjs';
import { placeOfFile, placeOfImport, workspaces } from './places.mjs';
import { impureUses } from './pure.mjs';
import { refusal } from './rules.mjs';

/**
 * Every wrong-way import, and every clock, chance or platform API in a core.
 *
 * @param {ReadonlyMap<string, string>} files code by path from the repository root
 * @param {ReadonlyMap<string, ReadonlySet<string>>} declared by workspace name, the packages it or the root declares
 * @returns {{ file: string, line: number, message: string }[]}
 */
export function findViolations(files, declared) {
  return [...files].flatMap(([file, code]) => {
    const from = placeOfFile(file);
    if (from === undefined) return [];
    const found = [...wrongImports(file, code, declared.get(from.name) ?? new Set()), ...impurities(file, code)];
    return found.map((violation) => ({ file, ...violation }));
  });
}

function wrongImports(file, code, declared) {
  return importsOf(code).flatMap(({ specifier, line }) => {
    if (specifier.startsWith('virtual:')) return [];
    const to = placeOfImport(file, specifier);
    // A file of the repository that is in no workspace, such as one of scripts/.
    const message = to && refusal(file, to, declared);
    return message === undefined ? [] : [{ line, message: `'${specifier}': ${message}` }];
  });
}

const cores = workspaces.filter(({ name }) => name.endsWith('-core')).map(({ dir }) => `${dir}/src/`);

function impurities(file, code) {
  const isPure = cores.some((dir) => file.startsWith(dir)) && !/(\.test|-cli)\.tsx?$/.test(file);
  return isPure ? impureUses(code) : [];
}
