import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addFinTrack, type FinTrackStacks } from '../lib/fintrack.ts';
import { type Stage, stages } from '../lib/stage.ts';

export type Templates = Readonly<Record<keyof FinTrackStacks, Template>>;

/** What the stacks become, with a small site of its own and without bundling the functions. Leaves nothing behind. */
export function synthesize(stageName: Stage['name'], options: { validate?: boolean } = {}): Templates {
  const dir = mkdtempSync(join(tmpdir(), 'fintrack-synth-'));
  try {
    const app = new App({
      outdir: join(dir, 'cdk.out'),
      context: { ...cdkContext(), 'aws:cdk:bundling-stacks': [] },
      analyticsReporting: false,
      builtinCloudFormationValidation: options.validate ?? false,
    });
    const stacks = addFinTrack(app, { stage: stages[stageName], entries: standInEntries, siteDir: makeSite(dir) });
    return {
      data: Template.fromStack(stacks.data),
      auth: Template.fromStack(stacks.auth),
      api: Template.fromStack(stacks.api),
      web: Template.fromStack(stacks.web),
      watch: Template.fromStack(stacks.watch),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Unbundled, an entry only has to exist. */
const anyModule = fileURLToPath(import.meta.url);
const standInEntries = {
  sync: anyModule,
  history: anyModule,
  account: anyModule,
  advice: anyModule,
  materialise: anyModule,
  postConfirmation: anyModule,
};

function cdkContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')).context;
}

function makeSite(dir: string): string {
  const site = join(dir, 'site');
  mkdirSync(join(site, 'assets'), { recursive: true });
  writeFileSync(join(site, 'index.html'), '<!doctype html>');
  writeFileSync(join(site, 'assets', 'app-1a2b3c.js'), '');
  return site;
}
