import type { CDPSession } from 'playwright-core';
import type { Device } from './device.ts';
import { eventually } from './eventually.ts';

/** The device's service worker, from outside any page of the app. */
export class ServiceWorkerControl {
  private readonly protocol: CDPSession;
  private readonly origin: string;
  private registrationId: string | undefined;

  private constructor(protocol: CDPSession, origin: string) {
    this.protocol = protocol;
    this.origin = origin;
  }

  static async of(device: Device): Promise<ServiceWorkerControl> {
    const page = await device.context.newPage();
    const control = new ServiceWorkerControl(await device.protocol(page), new URL(device.page.url()).origin);
    control.protocol.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { scopeURL, registrationId, isDeleted } of registrations)
        if (!isDeleted && scopeURL.startsWith(control.origin)) control.registrationId = registrationId;
    });
    await control.protocol.send('ServiceWorker.enable');
    return control;
  }

  /** As the browser does once it believes that there is a network. */
  async sync(): Promise<void> {
    const registrationId = await eventually('the service worker is registered', async () => this.registrationId);
    const { origin } = this;
    await this.protocol.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId,
      tag: 'back-up',
      lastChance: false,
    });
  }

  /** As the browser does when it is short of memory. */
  async kill(): Promise<void> {
    await this.protocol.send('ServiceWorker.stopAllWorkers');
  }
}
