export * from '../fold.ts';
export * from '../row.ts';
export * from './accept-push.ts';
export * from './handle-sync.ts';
export * from './materialise.ts';
export * from './ports.ts';
export * from './serve-pull.ts';
