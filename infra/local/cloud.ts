import type { RequestListener, Server } from 'node:http';
import { resolve } from 'node:path';
import { appBuildDir, ensureAppBuild } from './app-build.ts';
import { type Backend, type Database, region, startBackend, startDatabase } from './backend.ts';
import { createMailbox } from './cognito/mailbox.ts';
import { isPortFree } from './dynamodb/free-port.ts';
import { type KeptAddresses, readKeptAddresses, writeKeptAddresses } from './kept-addresses.ts';
import { forLocalHosts } from './local-host.ts';
import { createClosers, type OnClose } from './on-close.ts';
import { onFreePort, startServer } from './ports.ts';
import { StartError } from './start-error.ts';
import { takeStateLock } from './state-lock.ts';
import { type AppConfig, createAppServer, withSharedPaths } from './web/app-server.ts';
import { localSecurityHeaders } from './web/security-headers.ts';
import { openSiteFiles } from './web/site-files.ts';

export interface CloudOptions {
  /** Holds everything that outlives a restart. Made if absent. */
  readonly stateDir: string;
  /** The app's. 0 for any free one; left out, the one this state had before, or 4600 and up. */
  readonly port?: number | undefined;
  /** Serves the app from its sources with hot reload, not its build. */
  readonly isDev?: boolean | undefined;
  /** A folder to serve instead of the app's build, which is then not made. */
  readonly siteDir?: string | undefined;
  /** Progress, for a person. */
  readonly report?: ((line: string) => void) | undefined;
  /** Called once the state is this process's alone; takes what the functions and the gateway would write to CloudWatch. */
  readonly openLog?: ((stateDir: string) => (line: string) => void) | undefined;
}

/** Every address that a script may want. `api` is an origin: its paths begin with `/v1/`. */
export interface CloudAddresses {
  readonly app: string;
  readonly api: string;
  readonly cognito: string;
  readonly mailbox: string;
  readonly dynamodb: string;
}

export interface Cloud {
  readonly addresses: CloudAddresses;
  /** Resolves when the database is gone, be it by `close` or by itself: then nothing works any more. */
  readonly databaseEnded: Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Starts the whole product on this machine: database, user pool, mailbox, functions, app. One a process, as the
 * functions read the process's environment; tests that restart it use `startCloudProcess`.
 * Rejects with a StartError or LocalEngineError where a person can remove the reason; nothing is left running then.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { onClose, closeAll } = createClosers();
  try {
    return { ...(await start(options, onClose)), close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

const defaultPort = 4600;

async function start(options: CloudOptions, onClose: OnClose): Promise<Omit<Cloud, 'close'>> {
  const { port, report = () => undefined } = options;
  const stateDir = resolve(options.stateDir);
  const lock = await takeStateLock(stateDir);
  onClose(lock.release);
  const log = options.openLog?.(stateDir) ?? (() => undefined);
  await requireFree(port);
  if (!options.isDev && options.siteDir === undefined) await ensureAppBuild();

  const kept = readKeptAddresses(stateDir);
  const wanted = wantedPorts(port, kept);
  report('Starting the database …');
  const database = await startDatabase(stateDir, onClose);
  const mailbox = createMailbox({ stateDir: resolve(stateDir, 'mailbox') });
  const backend = await startBackend(
    { stateDir, database, mailbox, cognitoPort: wanted.cognito, issuer: kept?.issuer, log },
    onClose,
  );
  const mailboxPort = await serve(wanted.mailbox, () => mailbox.handle, onClose);
  const appPort = await serve(wanted.app, (server) => createApp(options, backend, server, onClose), onClose);

  if (kept === undefined) {
    const cognitoPort = Number(new URL(backend.cognito.url).port);
    writeKeptAddresses(stateDir, { appPort, cognitoPort, mailboxPort, issuer: backend.cognito.issuer });
  } else if (port === undefined && appPort !== kept.appPort) {
    report(`Port ${kept.appPort} is taken. What a browser holds of the app at that address is not seen at this one.`);
  }
  const addresses = describeAddresses(appPort, mailboxPort, backend, database);
  lock.describe({ app: addresses.app, enginePid: database.pid });
  return { addresses, databaseEnded: database.ended };
}

async function requireFree(port: number | undefined): Promise<void> {
  if (port === undefined || port === 0 || (await isPortFree(port))) return;
  throw new StartError(`Port ${port} is taken: name another one with --port, or none to get a free one.`);
}

function wantedPorts(port: number | undefined, kept: KeptAddresses | undefined) {
  const app = port ?? kept?.appPort ?? defaultPort;
  const next = (step: number) => (app === 0 ? 0 : app + step);
  return { app, cognito: kept?.cognitoPort ?? next(1), mailbox: kept?.mailboxPort ?? next(2) };
}

/** Listens on the first free port and answers what the factory makes, which may need the server itself. */
async function serve(
  firstPort: number,
  createListener: (server: Server) => RequestListener | Promise<RequestListener>,
  onClose: OnClose,
): Promise<number> {
  const { server, port, close } = await onFreePort(firstPort, startServer);
  onClose(close);
  server.on('request', forLocalHosts(await createListener(server)));
  return port;
}

async function createApp(
  { isDev, siteDir = appBuildDir }: CloudOptions,
  { cognito, api }: Backend,
  server: Server,
  onClose: OnClose,
): Promise<RequestListener> {
  const config: AppConfig = {
    api: '',
    region,
    userPoolId: cognito.userPoolId,
    userPoolClientId: cognito.clientId,
    userPoolEndpoint: cognito.url,
  };
  if (!isDev) {
    return createAppServer({ files: openSiteFiles(siteDir), config, api, headers: localSecurityHeaders(cognito.url) });
  }
  const { startDevApp } = await import('./dev-app.ts');
  const devApp = await startDevApp(server);
  onClose(devApp.close);
  // Hot reload needs inline scripts and a socket, which the deployed policy forbids.
  return withSharedPaths({ config, api, headers: {} }, devApp.listener);
}

function describeAddresses(appPort: number, mailboxPort: number, backend: Backend, database: Database): CloudAddresses {
  const app = `http://localhost:${appPort}`;
  return {
    app,
    api: app,
    cognito: backend.cognito.url,
    mailbox: `http://localhost:${mailboxPort}/`,
    dynamodb: database.endpoint,
  };
}
