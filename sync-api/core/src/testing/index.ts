export * from './change-builder.ts';
export * from './check.ts';
export * from './client-store-contract.ts';
export * from './memory-client-store.ts';
export * from './memory-lifecycle-stores.ts';
export * from './memory-server-stores.ts';
export * from './random.ts';
export * from './server-store-contract.ts';
