import { posix } from 'node:path';

/** The workspaces by folder, longest first as one lies in another, with the name others import them by. */
export const workspaces = [
  { dir: 'sync-api/core', name: '@fintrack/sync-core' },
  { dir: 'advisor-core', name: '@fintrack/advisor-core' },
  { dir: 'sync-api', name: '@fintrack/sync-api' },
  { dir: 'app', name: '@fintrack/app' },
  { dir: 'infra', name: '@fintrack/infra' },
];

/**
 * Where a file is, or an import leads to: a workspace of ours with the path inside it, or a package of somebody else's.
 *
 * @typedef {{ kind: 'ours', name: string, path: string, isRelative: boolean } | { kind: 'package', name: string }} Place
 */

/** @param {string} file path from the repository root */
export function placeOfFile(file) {
  const workspace = workspaces.find(({ dir }) => file.startsWith(`${dir}/`));
  return (
    workspace && { kind: 'ours', name: workspace.name, path: file.slice(workspace.dir.length + 1), isRelative: true }
  );
}

/**
 * @param {string} file path from the repository root
 * @param {string} specifier
 * @returns {Place | undefined} undefined for a file outside every workspace
 */
export function placeOfImport(file, specifier) {
  if (specifier.startsWith('.')) return placeOfFile(posix.join(posix.dirname(file), specifier));
  const workspace = workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (workspace === undefined) return { kind: 'package', name: packageName(specifier) };
  return { kind: 'ours', name: workspace.name, path: specifier.slice(workspace.name.length + 1), isRelative: false };
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Tests and what only they use. */
export function isTestFile(file) {
  return /\.test\.tsx?$|(^|\/)(testing|test|e2e)\/|\/test-[\w-]+\.ts$/.test(file);
}
