import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entries } from '@fintrack/sync-api/entries';
import { App } from 'aws-cdk-lib';
import { addFinTrack } from '../lib/fintrack.ts';
import { stages } from '../lib/stage.ts';

const pathOf = (fromHere: string): string => fileURLToPath(new URL(fromHere, import.meta.url));

/** The CDK's command line hands over cdk.json's context itself; run without it, as `npm run synth` does, we must. */
const { context } = JSON.parse(readFileSync(pathOf('../cdk.json'), 'utf8'));
const app = new App({ context, outdir: process.env.CDK_OUTDIR ?? pathOf('../cdk.out'), analyticsReporting: false });

const stageName: unknown = app.node.tryGetContext('stage') ?? process.env.FINTRACK_STAGE ?? 'dev';
if (stageName !== 'dev' && stageName !== 'prod') throw new Error(`no stage ${String(stageName)}: it is dev or prod`);

const siteDir = pathOf('../../app/dist');
const hasSite = existsSync(siteDir);
if (!hasSite) console.warn('app/dist is missing (npm run build makes it): the web stack has no files of the app.');

addFinTrack(app, { stage: stages[stageName], entries, siteDir: hasSite ? siteDir : undefined });

const assembly = app.synth();
for (const stack of assembly.stacks) console.log(relative(process.cwd(), stack.templateFullPath));
