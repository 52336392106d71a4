import { randomUUID } from 'node:crypto';
import type { Device } from '../harness/device.ts';
import { eventuallyEqual, type Patience } from '../harness/eventually.ts';
import { type LedgerFacts, tableLedger } from '../harness/ledger-facts.ts';
import { createAccount } from '../harness/pool-accounts.ts';
import type { Road } from '../harness/road.ts';
import type { World } from '../harness/story.ts';
import type { TestCloud } from '../harness/test-cloud.ts';
import { type Person, signIn, signUp } from '../screens/account.ts';
import { accountLedger, backedUp } from '../screens/sync.ts';

export const mara: Person = { name: 'Mara Lindqvist', email: 'mara@example.org', password: 'Orange-Kettle-42' };

/** Mara's first device, on a cloud of her own: she creates her account there, after what she does before. */
export const signedUp = async (
  world: World,
  before: (a: Device) => Promise<void> = async () => undefined,
): Promise<{ readonly cloud: TestCloud; readonly a: Device }> => {
  const cloud = await world.cloud();
  const a = world.device('A', cloud);
  await a.open();
  await before(a);
  await signUp(a.page, cloud, mara);
  await backedUp(a);
  return { cloud, a };
};

/** A person with an account and a phone and a laptop, both signed in and in step. */
export const twoDevices = async (
  world: World,
  before: (a: Device) => Promise<void>,
): Promise<{ readonly cloud: TestCloud; readonly a: Device; readonly b: Device }> => {
  const { cloud, a } = await signedUp(world, before);
  const b = world.device('B', cloud);
  await b.open();
  await signIn(b.page, mara);
  await backedUp(b);
  return { cloud, a, b };
};

/** Somebody with an account that no other story knows. */
export const newPerson = async (cloud: TestCloud, name = 'Ida Holm'): Promise<Person> => {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}-${randomUUID().slice(0, 8)}@example.org`;
  const person = { name, email, password: 'Orange-Kettle-42' };
  await createAccount(cloud, person);
  return person;
};

export type Traveller = { readonly cloud: TestCloud; readonly person: Person; readonly device: Device };

/** A new person with one device, signed in and in step, on the shared cloud, or on the road that leads to it. */
export const oneDevice = async (world: World, road?: Road): Promise<Traveller> => {
  const cloud = await world.sharedCloud();
  const person = await newPerson(cloud);
  const device = world.device('A', road ?? cloud);
  await device.open();
  await signIn(device.page, person);
  await backedUp(device);
  return { cloud, person, device };
};

/** Another device of the same person, in step. */
export const anotherDevice = async (world: World, { cloud, person }: Traveller, name = 'B'): Promise<Device> => {
  const device = world.device(name, cloud);
  await device.open();
  await signIn(device.page, person);
  await backedUp(device);
  return device;
};

/** What an account's entries are called, sorted; one that is there twice is named twice. */
export const titlesIn = ({ entries }: LedgerFacts): readonly string[] =>
  entries.map((line) => line.split(' | ')[5] ?? '').sort();

export const titlesOn = async (device: Device): Promise<readonly string[]> => titlesIn(await accountLedger(device));

/** Behind the imports of other stories the tables follow the log late; reading them is work for the machine. */
const tablesPatience: Patience = { withinMs: 90_000, everyMs: 300 };

/** Waits until the tables, which follow the log, hold exactly these entries. */
export const tablesHold = ({ cloud, person }: Traveller, titles: readonly string[]) =>
  eventuallyEqual(
    'the tables hold each entry once',
    async () => titlesIn(tableLedger(await cloud.tables(person.email))),
    titles.toSorted(),
    tablesPatience,
  );
