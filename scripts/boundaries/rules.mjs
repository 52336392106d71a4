import { isTestFile, placeOfFile } from './places.mjs';

const core = '@fintrack/sync-core';
const advisor = '@fintrack/advisor-core';
const api = '@fintrack/sync-api';
const app = '@fintrack/app';
const infra = '@fintrack/infra';

/** What each workspace may import of another, by the path after that one's name. */
const mayImport = {
  [core]: {},
  [advisor]: { [core]: /^protocol\/(money|calendar-date)$/ },
  [api]: { [core]: /^(protocol(\/.+)?|server)$/, [advisor]: /^$/ },
  [app]: { [core]: /^(protocol(\/.+)?|client)$/, [advisor]: /^$/ },
  [infra]: { [api]: /^(env-names|entries)$/ },
};

/** What tests may import besides: the contract suites and builders, and the local cloud to run them against. */
const testsMayImport = {
  [core]: {},
  [advisor]: { [core]: /^(protocol(\/.+)?|testing)$/ },
  [api]: { [core]: /^(testing|client)$/, [advisor]: /^testing$/, [infra]: /^local\// },
  [app]: { [core]: /^(testing|server)$/, [advisor]: /^testing$/, [infra]: /^local\// },
  [infra]: { [core]: /^(protocol(\/.+)?|testing)$/ },
};

/** Inside a workspace: which folder of `src` may import which. A folder may always import itself. */
const layers = {
  [core]: {
    protocol: [],
    client: ['protocol', ''],
    server: ['protocol', ''],
    testing: ['protocol', 'client', 'server', ''],
    '': ['protocol'],
  },
  [api]: {
    handlers: ['wiring', 'routes', 'dynamodb', 'blobs', 'cognito', ''],
    // Commands for whoever runs the product; composition roots as handlers are.
    ops: ['wiring', 'routes', 'dynamodb', 'blobs', 'cognito', ''],
    // What several composition roots put together alike.
    wiring: ['dynamodb', 'blobs', 'cognito', ''],
    routes: [''],
    dynamodb: ['routes', ''],
    blobs: [''],
    cognito: ['routes', ''],
    // The frame that handlers are made with; it knows routes, and no store.
    '': ['routes'],
  },
  [app]: {
    main: ['app', 'features', 'ui', 'model', 'data', 'sync', 'platform', 'pwa'],
    app: ['features', 'ui', 'model'],
    features: ['ui', 'model'],
    ui: ['model'],
    model: [],
    data: ['model'],
    sync: ['model', 'data'],
    platform: ['model'],
    pwa: ['model'],
  },
};

/** Each outside thing is owned once: the one place that may import it. */
const owners = [
  { packages: /^@aws-sdk\/client-s3$/, workspace: api, owner: 'src/blobs/' },
  { packages: /^@aws-sdk\/client-cognito-identity-provider$/, workspace: api, owner: 'src/cognito/' },
  { packages: /^@aws-sdk\//, workspace: api, owner: 'src/dynamodb/' },
  { packages: /^dexie$/, workspace: app, owner: 'src/data/' },
  { packages: /^(aws-amplify|@aws-amplify\/.+)$/, workspace: app, owner: 'src/platform/' },
  { packages: /^workbox-.+$/, workspace: app, owner: 'src/pwa/' },
];

/**
 * Why a file may not import that, or undefined where it may.
 *
 * @param {string} file path from the repository root
 * @param {import('./places.mjs').Place} to
 * @param {ReadonlySet<string>} declared packages that the file's workspace or the root declares
 */
export function refusal(file, to, declared) {
  const from = placeOfFile(file);
  if (to.kind === 'package') return packageRefusal(file, from, to.name, declared);
  if (from.name !== to.name) return workspaceRefusal(file, from, to);
  if (!to.isRelative) return `inside a workspace, import by a relative path`;
  return layerRefusal(file, from, to);
}

function packageRefusal(file, from, name, declared) {
  if (name === 'node:') return nodeRefusal(file, from);
  if (!declared.has(name)) return `${name} is not declared in the package.json of ${from.name}`;
  const owned = owners.find(({ packages, workspace }) => workspace === from.name && packages.test(name));
  if (owned === undefined || isTestFile(file) || from.path.startsWith(owned.owner)) return undefined;
  return `only ${owned.owner} imports ${name}`;
}

function nodeRefusal(file, from) {
  const isPure = from.name === core || from.name === advisor;
  const isBrowser = from.name === app && from.path.startsWith('src/');
  if ((!isPure && !isBrowser) || (isTestFile(file) && /\.test\.tsx?$/.test(file)) || file.endsWith('-cli.ts'))
    return undefined;
  return isPure ? 'a core runs anywhere: no module of Node' : 'a browser has no module of Node';
}

function workspaceRefusal(file, from, to) {
  const allowed = mayImport[from.name][to.name];
  const allowedInTests = isTestFile(file) ? testsMayImport[from.name][to.name] : undefined;
  if (to.isRelative && to.name !== infra) return `another workspace is imported by its name, ${to.name}`;
  if (allowed?.test(to.path) || allowedInTests?.test(to.path)) return undefined;
  return `${from.name} may not import ${[to.name, to.path].filter(Boolean).join('/')}`;
}

function layerRefusal(file, from, to) {
  const areas = layers[from.name];
  const [fromArea, toArea] = [areaOf(from), areaOf(to)];
  if (from.name === advisor)
    return toArea === 'testing' && !isTestFile(file) ? 'only tests import testing/' : undefined;
  if (areas === undefined || fromArea === undefined || isTestFile(file)) return undefined;
  if (toArea === 'testing') return 'only tests import testing/';
  if (!(fromArea in areas)) return `src/${fromArea}/ is in no row of scripts/boundaries/rules.mjs`;
  if (fromArea === toArea) return featureRefusal(from, to);
  return areas[fromArea].includes(toArea) ? undefined : `${fromArea || 'src'} may not import ${toArea || 'src'}`;
}

/** The folder below `src`, '' for a file right in it, `main` for the app's composition root; undefined outside `src`. */
function areaOf({ name, path }) {
  if (!path.startsWith('src/')) return undefined;
  const [, area, ...rest] = path.split('/');
  if (rest.length > 0) return area;
  return name === app ? 'main' : '';
}

function featureRefusal(from, to) {
  const isFeature = from.name === app && areaOf(from) === 'features';
  const [feature, other] = [from.path.split('/')[2], to.path.split('/')[2]];
  return isFeature && feature !== other ? `feature ${feature} may not import feature ${other}` : undefined;
}
