import type { Device } from '../harness/device.ts';
import type { World } from '../harness/story.ts';
import type { TestCloud } from '../harness/test-cloud.ts';
import { type Person, signIn, signUp } from '../screens/account.ts';
import { backedUp } from '../screens/sync.ts';

export const mara: Person = { name: 'Mara Lindqvist', email: 'mara@example.org', password: 'Orange-Kettle-42' };

/** A person with an account and a phone and a laptop, both signed in and in step. */
export const twoDevices = async (
  world: World,
  before: (a: Device) => Promise<void>,
): Promise<{ readonly cloud: TestCloud; readonly a: Device; readonly b: Device }> => {
  const cloud = await world.cloud();
  const a = world.device('A', cloud);
  await a.open();
  await before(a);
  await signUp(a.page, cloud, mara);
  await backedUp(a);
  const b = world.device('B', cloud);
  await b.open();
  await signIn(b.page, mara);
  await backedUp(b);
  return { cloud, a, b };
};
