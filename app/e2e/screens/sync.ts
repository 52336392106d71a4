import { eventually, type Patience } from '../harness/eventually.ts';
import type { Device } from '../harness/device.ts';
import { accountsOnDevice, type DeviceLedger, readDeviceLedger } from '../harness/device-ledger.ts';
import { goTo } from './navigation.ts';

/** Opens the sync screen and waits until it says that everything is backed up, and the device has nothing left to send. */
export const backedUp = async (device: Device, patience: Patience = {}): Promise<void> => {
  const { page } = device;
  await goTo(page, 'Sync');
  await eventually(
    `${device.name} has sent everything`,
    async () => ((await accountLedger(device)).outboxItems === 0 ? true : undefined),
    patience,
  );
  await page
    .getByRole('heading', { name: 'Everything is backed up' })
    .waitFor({ timeout: patience.withinMs ?? 20_000 });
};

/** The one account's ledger on the device. */
export const accountLedger = async (device: Device): Promise<DeviceLedger> => {
  const [userId, ...others] = await accountsOnDevice(device.page);
  if (userId === undefined || others.length > 0)
    throw new Error(`${device.name} has ${others.length} further accounts`);
  const ledger = await readDeviceLedger(device.page, userId);
  if (!ledger) throw new Error(`${device.name} has no ledger of the account`);
  return ledger;
};

export const localLedger = async (device: Device): Promise<DeviceLedger> => {
  const ledger = await readDeviceLedger(device.page, 'local');
  if (!ledger) throw new Error(`${device.name} has no ledger of its own`);
  return ledger;
};

/** Asks for a round at once, as the button does; also where nothing waits. */
export const tryNow = async (device: Device): Promise<void> => {
  await goTo(device.page, 'Sync');
  await device.page.getByRole('main').getByRole('button', { name: 'Sync now' }).click();
};

/** Waits until the sync screen says that the device's own advice and the server's are the same, byte for byte. */
export const sameAdvice = async (device: Device, patience: Patience = {}): Promise<void> => {
  await goTo(device.page, 'Sync');
  await device.page.getByText('same as the server').waitFor({ timeout: patience.withinMs ?? 20_000 });
};
