import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';

/** Where Amplify keeps the tokens of one device, in memory. */
export interface AmplifyDevice {
  /** The same tokens on a device of its own, as if they had been stolen or backed up. */
  readonly copy: () => AmplifyDevice;
  readonly getItem: (key: string) => Promise<string | null>;
  readonly setItem: (key: string, value: string) => Promise<void>;
  readonly removeItem: (key: string) => Promise<void>;
  readonly clear: () => Promise<void>;
}

export const createDevice = (items = new Map<string, string>()): AmplifyDevice => ({
  copy: () => createDevice(new Map(items)),
  getItem: async (key) => items.get(key) ?? null,
  setItem: async (key, value) => void items.set(key, value),
  removeItem: async (key) => void items.delete(key),
  clear: async () => items.clear(),
});

/** From here on Amplify is on this device. */
export const useDevice = (device: AmplifyDevice): AmplifyDevice => {
  cognitoUserPoolsTokenProvider.setKeyValueStorage(device);
  return device;
};
