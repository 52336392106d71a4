import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Left to the network by the service worker: the API, and where this deployment is, which `src/platform` remembers. */
const notPages = [/^\/v1\//, /^\/config\.json$/];

/**
 * Every visit needs these at once, and they change seldom: in one file they compress better than in six, and an update
 * of the app leaves them in the cache.
 */
const always =
  /node_modules\/(react|react-dom|scheduler|@tanstack|wouter|dexie)\/|protocol\/(calendar-date|money|result|ids|json)\.ts$|src\/model\/ledger\.ts$/;

/** What the first look at the month shares with screens that come later: apart it would be a dozen small files. */
const first =
  /app\/src\/(model\/(services-context|book-context|use-now)|ui\/(format|format-context|icon|mark|sheet-stack|sync-words))\.tsx?$/;

/** Dexie's default entry is written for browsers of 2015; its modern build is the same code and 2 KB less to load. */
const modernDexie = { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' };

/** What browsers read: a page and a worker alike. */
const target = 'es2022';

/** Parts of the service worker that Workbox does not write; each a script of its own, as `importScripts` reads them. */
const workerParts = { 'sync-event': 'src/pwa/sync-event.ts', 'background-sync': 'src/background-sync.ts' };

const buildWorkerParts = (): Plugin => ({
  name: 'worker-parts',
  apply: 'build',
  async writeBundle() {
    for (const [name, entry] of Object.entries(workerParts))
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        root: import.meta.dirname,
        resolve: { alias: [modernDexie] },
        build: {
          target,
          emptyOutDir: false,
          lib: { entry, formats: ['iife'], name: `fintrack_${name.replace('-', '_')}`, fileName: () => `${name}.js` },
        },
      });
  },
});

export default defineConfig({
  resolve: {
    alias: [
      modernDexie,
      // The router brings a stand-in for React 17; React 18 and later have the real thing.
      { find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' },
    ],
  },
  plugins: [
    react(),
    buildWorkerParts(),
    VitePWA({
      strategies: 'generateSW',
      // A new version waits until the person agrees; `src/pwa` registers and asks.
      registerType: 'prompt',
      injectRegister: false,
      filename: 'service-worker.js',
      includeAssets: ['icons/*.png', 'favicon.svg'],
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        // Kept by the browser beside the service worker itself.
        globIgnores: Object.keys(workerParts).map((name) => `${name}.js`),
        importScripts: ['/sync-event.js'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: notPages,
        // Screens load lazily: from the first visit on they must come from the cache, without a reload in between.
        clientsClaim: true,
        cleanupOutdatedCaches: true,
      },
      manifest: {
        id: '/',
        name: 'FinTrack AI',
        short_name: 'FinTrack',
        description: 'Write down what you spend. It stays on this device, and is backed up when you want.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#fbfbfc',
        theme_color: '#5651e0',
        categories: ['finance'],
        icons: [
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        shortcuts: [
          {
            name: 'Add expense',
            short_name: 'Add',
            url: '/add',
            icons: [{ src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' }],
          },
        ],
      },
    }),
  ],
  worker: { format: 'es' },
  build: {
    target,
    // The tokens are written with light-dark(); an older target would write every colour out twice.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'always', test: always },
            { name: 'first', test: first },
          ],
        },
      },
    },
    // Every browser that reads es2022 preloads modules by itself.
    modulePreload: { polyfill: false },
  },
});
