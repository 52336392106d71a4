// Fails on a wrong-way import, and on a clock, randomness or platform API inside the two pure cores.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findViolations } from './boundaries/find-violations.mjs';
import { workspaces } from './boundaries/places.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const skipped = new Set(['node_modules', 'dist', 'dist-types', 'cdk.out', 'fixtures', 'golden']);
const files = new Map(workspaces.flatMap(({ dir }) => sourceFiles(dir)).map((file) => [file, readText(file)]));
const violations = findViolations(files, declaredPackages());

for (const { file, line, message } of violations) console.error(`${file}:${line}  ${message}`);
console.log(`boundaries: ${files.size} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;

function sourceFiles(dir) {
  return readdirSync(join(root, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function readText(file) {
  return readFileSync(join(root, file), 'utf8');
}

function declaredPackages() {
  const shared = declaredIn('package.json');
  return new Map(workspaces.map(({ dir, name }) => [name, new Set([...shared, ...declaredIn(`${dir}/package.json`)])]));
}

/** The types of a package (`@types/aws-lambda`) are imported by the package's name. */
function declaredIn(file) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readText(file));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return [...names, ...names.filter((name) => name.startsWith('@types/')).map((name) => name.slice('@types/'.length))];
}
