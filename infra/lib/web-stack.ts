import { fileURLToPath } from 'node:url';
import { CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  Function as EdgeFunction,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  type ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { AuthStack } from './auth-stack.ts';
import { createSecurityHeaders } from './security-headers.ts';
import { SiteFiles } from './site-files.ts';
import { removalPolicyOf, type Stage } from './stage.ts';

export interface WebStackProps extends StackProps {
  readonly stage: Stage;
  readonly auth: Pick<AuthStack, 'userPool' | 'client'>;
  readonly api: HttpApi;
  /** The app's build output; left out, only the runtime configuration is uploaded. */
  readonly siteDir?: string;
}

/** The one address people open: the app from a private bucket, and its API under the same origin. */
export class WebStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { stage, auth, api, siteDir, ...props }: WebStackProps) {
    super(scope, id, props);
    const bucket = createBucket(this, stage);
    this.distribution = this.#createDistribution(bucket, api, createSecurityHeaders(this, stage));
    new SiteFiles(this, 'Files', {
      bucket,
      logRetention: stage.logRetention,
      config: {
        userPoolId: auth.userPool.userPoolId,
        userPoolClientId: auth.client.userPoolClientId,
        region: this.region,
      },
      ...(siteDir !== undefined && { siteDir }),
    });
    new CfnOutput(this, 'Url', { value: `https://${this.distribution.distributionDomainName}` });
  }

  #createDistribution(bucket: Bucket, api: HttpApi, responseHeadersPolicy: ResponseHeadersPolicy): Distribution {
    const site = S3BucketOrigin.withOriginAccessControl(bucket);
    const common = {
      responseHeadersPolicy,
      compress: true,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    return new Distribution(this, 'Distribution', {
      comment: 'FinTrack: the app and its API',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: { ...common, ...this.#pages(site) },
      additionalBehaviors: {
        // Their names change with their contents, so what is cached is right for ever.
        '/assets/*': { ...common, origin: site, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
        '/v1/*': { ...common, ...apiBehavior(api), viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY },
      },
    });
  }

  /** Everything else keeps its name: the edge asks the bucket each time, and passes its Cache-Control on. */
  #pages(site: IOrigin): BehaviorOptions {
    const spaFallback = new EdgeFunction(this, 'SpaFallback', {
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromFile({ filePath: fileURLToPath(new URL('./spa-fallback.js', import.meta.url)) }),
    });
    return {
      origin: site,
      cachePolicy: new CachePolicy(this, 'Revalidated', {
        minTtl: Duration.seconds(0),
        defaultTtl: Duration.seconds(0),
        maxTtl: Duration.days(365),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      functionAssociations: [{ function: spaFallback, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }
}

/** Nothing is cached or taken away: the token and both encodings reach the handler, which compresses its answers. */
function apiBehavior(api: HttpApi): BehaviorOptions {
  return {
    origin: new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), { readTimeout: Duration.seconds(30) }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    compress: false,
  };
}

function createBucket(scope: Construct, stage: Stage): Bucket {
  return new Bucket(scope, 'Site', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    // Long enough to bring the last release back.
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
    removalPolicy: removalPolicyOf(stage),
  });
}
