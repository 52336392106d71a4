import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';

export interface SiteFilesProps {
  readonly bucket: Bucket;
  readonly logRetention: RetentionDays;
  /** Becomes `/config.json`: what the app learns only at run time, so that one build serves every stage. Nothing secret. */
  readonly config: Readonly<Record<string, string>>;
  readonly siteDir?: string;
}

/** Where the app's build puts files whose names carry a hash of their contents. */
const hashedFiles = 'assets/*';

/** What the build tells other tools about itself; no page asks for it. */
const buildNotes = '.vite';

/** The app's files in the bucket, each with how long a browser may keep it. */
export class SiteFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, logRetention, config, siteDir }: SiteFilesProps) {
    super(scope, id);
    const common = {
      destinationBucket: bucket,
      logGroup: new LogGroup(this, 'Logs', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY }),
      // An open tab of the last release may still load a part of it.
      prune: false,
    };
    const settings = Source.jsonData('config.json', config);
    const cacheControl = [CacheControl.noCache()];
    if (siteDir === undefined) {
      new BucketDeployment(this, 'Pages', { ...common, cacheControl, sources: [settings] });
      return;
    }
    const assets = new BucketDeployment(this, 'Assets', {
      ...common,
      sources: [Source.asset(siteDir, { exclude: ['*', '!assets', `!${hashedFiles}`, buildNotes] })],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...common,
      sources: [Source.asset(siteDir, { exclude: [hashedFiles, buildNotes] }), settings],
      cacheControl,
    });
    // A page must never name a part that is not there yet.
    pages.node.addDependency(assets);
  }
}
