import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Device, type DeviceOptions } from './device.ts';
import { Road, type RoadOptions } from './road.ts';
import { TestCloud } from './test-cloud.ts';

export type Story = {
  readonly name: string;
  readonly run: (world: World) => Promise<void>;
};

/** A world of its own for one story: a fresh cloud, fresh devices; everything ends with it. */
export type World = {
  /** A cloud that runs. `siteDir` serves another folder than the app's build. */
  readonly cloud: (options?: { readonly siteDir?: string }) => Promise<TestCloud>;
  /** One cloud for every story that leaves it as it is: each brings people of its own. */
  readonly sharedCloud: () => Promise<TestCloud>;
  /** A way to a cloud on which the story decides what arrives. */
  readonly road: (cloud: TestCloud, options?: RoadOptions) => Promise<Road>;
  /** A device that is not open yet, whose app comes from a cloud itself or over a road to one. */
  readonly device: (
    name: string,
    from: TestCloud | Road,
    options?: Omit<DeviceOptions, 'name' | 'profileDir' | 'url'>,
  ) => Device;
  /** For files that the story makes. */
  readonly dir: string;
  readonly tell: (line: string) => void;
};

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

/** The cloud that stories share: started by the first that asks, ended by whoever ran them. */
export type SharedCloud = { readonly get: () => Promise<TestCloud>; readonly stop: () => Promise<void> };

export const createSharedCloud = (): SharedCloud => {
  let dir: string | undefined;
  let started: Promise<TestCloud> | undefined;
  const start = async (): Promise<TestCloud> => {
    dir = mkdtempSync(join(tmpdir(), 'fintrack-e2e-shared-'));
    const cloud = new TestCloud({ stateDir: join(dir, 'state') });
    await cloud.start();
    return cloud;
  };
  return {
    get: () => (started ??= start()),
    stop: async () => {
      await started?.then(
        (cloud) => cloud.stop(),
        () => undefined,
      );
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** Runs one story and ends all that it started. A failure leaves pictures, consoles and the server's log behind. */
export const runStory = async (
  { name, run }: Story,
  tell: (line: string) => void,
  shared: SharedCloud,
): Promise<Outcome> => {
  const dir = mkdtempSync(join(tmpdir(), 'fintrack-e2e-'));
  const clouds: TestCloud[] = [];
  const devices: Device[] = [];
  const roads: Road[] = [];
  const world: World = {
    dir,
    tell,
    cloud: async (options = {}) => {
      const cloud = new TestCloud({ ...options, stateDir: join(dir, `state-${clouds.length}`) });
      clouds.push(cloud);
      await cloud.start();
      return cloud;
    },
    sharedCloud: async () => {
      const cloud = await shared.get();
      clouds.push(cloud);
      return cloud;
    },
    road: async (cloud, options = {}) => {
      const road = await Road.open(cloud, options);
      roads.push(road);
      return road;
    },
    device: (deviceName, from, options = {}) => {
      const profileDir = join(dir, `profile-${deviceName}`);
      const device = new Device({
        ...options,
        name: deviceName,
        profileDir,
        url: from instanceof Road ? from.url : from.addresses.app,
      });
      devices.push(device);
      return device;
    },
  };
  try {
    await run(world);
    requireCalm(devices);
    return { ok: true };
  } catch (error) {
    tell(`    evidence in ${await keepEvidence(name, error, devices, clouds)}`);
    return { ok: false, error };
  } finally {
    await Promise.allSettled(devices.map((device) => device.close()));
    await Promise.allSettled(roads.map((road) => road.close()));
    await Promise.allSettled(clouds.filter((cloud) => cloud.stateDir.startsWith(dir)).map((cloud) => cloud.stop()));
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** What nobody caught, and what the content security policy refused, is a failure whatever the screens showed. */
const requireCalm = (devices: readonly Device[]): void => {
  const bad = devices.flatMap(({ name, consoleLines }) =>
    consoleLines.filter((line) => /^uncaught:|Content Security Policy/.test(line)).map((line) => `${name}: ${line}`),
  );
  if (bad.length > 0) throw new Error(`The pages complained:\n${bad.join('\n')}`);
};

const artifactsDir = fileURLToPath(new URL('../.artifacts', import.meta.url));

const keepEvidence = async (
  name: string,
  error: unknown,
  devices: readonly Device[],
  clouds: readonly TestCloud[],
): Promise<string> => {
  const dir = join(artifactsDir, name.replace(/\W+/g, '-').toLowerCase());
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'error.txt'), inspect(error));
  for (const device of devices) {
    writeFileSync(join(dir, `console-${device.name}.txt`), device.consoleLines.join('\n'));
    for (const [index, page] of device.pages.entries()) {
      const path = join(dir, `page-${device.name}-${index}.png`);
      await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
    }
  }
  for (const [index, { stateDir }] of clouds.entries()) {
    const log = join(stateDir, 'logs/cloud.log');
    if (existsSync(log)) copyFileSync(log, join(dir, `cloud-${index}.log`));
  }
  return dir;
};
