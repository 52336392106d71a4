import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../lib/security-headers.ts';
import { resourcesOf } from './resources.ts';
import { synthesize, type Templates } from './synthesize.ts';

let dev: Templates;
beforeAll(() => {
  dev = synthesize('dev');
}, 120_000);

describe('the bucket', () => {
  it('is private, encrypted, versioned, and answers over TLS only', () => {
    dev.web.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    dev.web.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('is read by this distribution alone, through an origin access control', () => {
    dev.web.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { OriginAccessControlOriginType: 's3', SigningBehavior: 'always' },
    });
    dev.web.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:GetObject',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Condition: { StringEquals: { 'AWS:SourceArn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });
});

describe('the distribution', () => {
  it('passes /v1/* to the API uncached and untouched, and turns no error into a page', () => {
    const config = Object.values(resourcesOf(dev.web, 'AWS::CloudFront::Distribution'))[0]?.DistributionConfig;
    const api = config.CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/v1/*');
    expect(api).toMatchObject({ Compress: false, ViewerProtocolPolicy: 'https-only' });
    // CloudFront's own managed policies: CachingDisabled and AllViewerExceptHostHeader.
    expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(api.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(config).not.toHaveProperty('CustomErrorResponses');
  });

  it('sends security headers with every answer', () => {
    const config = Object.values(resourcesOf(dev.web, 'AWS::CloudFront::Distribution'))[0]?.DistributionConfig;
    const policies = [config.DefaultCacheBehavior, ...config.CacheBehaviors].map(
      ({ ResponseHeadersPolicyId }) => ResponseHeadersPolicyId.Ref,
    );
    expect(new Set(policies).size).toBe(1);
    dev.web.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { IncludeSubdomains: true },
        },
      },
    });
  });

  it('allows the app to talk to its own origin and to Cognito, and to run nothing inline', () => {
    const policy = contentSecurityPolicy('eu-west-1');
    expect(policy).toContain("connect-src 'self' https://cognito-idp.eu-west-1.amazonaws.com;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
  });
});

describe('the files', () => {
  it('are kept for ever if their names carry a hash, and asked for anew otherwise', () => {
    const deployments = Object.entries(resourcesOf(dev.web, 'Custom::CDKBucketDeployment'));
    const cacheControl = deployments.map(([id, { SystemMetadata }]) => [
      id.startsWith('FilesAssets') ? 'assets' : 'pages',
      SystemMetadata['cache-control'],
    ]);
    expect(cacheControl).toEqual([
      ['assets', 'public, max-age=31536000, immutable'],
      ['pages', 'no-cache'],
    ]);
  });
});

describe('an address', () => {
  const source = readFileSync(new URL('../lib/spa-fallback.js', import.meta.url), 'utf8');
  it.each([
    ['/', '/index.html'],
    ['/expenses', '/index.html'],
    ['/budgets/2026-02/', '/index.html'],
    ['/sw.js', '/sw.js'],
    ['/assets/app-1a2b3c.js', '/assets/app-1a2b3c.js'],
    ['/missing.png', '/missing.png'],
  ])('%s is served from %s', (uri, served) => {
    const request = runInNewContext(`${source}; handler(event)`, { event: { request: { uri, querystring: {} } } });
    expect(request.uri).toBe(served);
  });
});
