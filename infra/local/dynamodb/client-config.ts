/** What an AWS SDK client needs to talk to the local engine, which signs nothing and checks no credentials. */
export interface LocalClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The engine runs with one shared database, so region and key only have to be present (and alphanumeric). */
export function localClientConfig(endpoint: string): LocalClientConfig {
  return { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}
