import { contentSecurityPolicy, isolationHeaders } from '../../lib/security-headers.ts';

/**
 * What the deployed app's answers carry, but for HSTS, which would lock every other page of this machine's `localhost`
 * out of plain HTTP.
 */
export function localSecurityHeaders(cognitoUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': localContentSecurityPolicy(cognitoUrl),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    ...isolationHeaders,
  };
}

const anyRegion = 'eu-west-1';
const deployedCognito = `https://cognito-idp.${anyRegion}.amazonaws.com`;

/** The deployed policy, letting the page talk to the local user pool instead of the region's. */
function localContentSecurityPolicy(cognitoUrl: string): string {
  const deployed = contentSecurityPolicy(anyRegion);
  if (!deployed.includes(deployedCognito)) throw new Error(`the deployed policy does not name ${deployedCognito}`);
  return deployed.replace(deployedCognito, cognitoUrl);
}
