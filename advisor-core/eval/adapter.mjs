/**
 * The product's analyses behind the interface that evaluations on ledgers use: `name`, `recurring`, `forecast`,
 * `category`, `anomaly`, `budget`. Runs in plain Node: the sources are TypeScript, which tsx reads.
 */
import { register } from 'tsx/esm/api';

const unregister = register();
const [{ anomaly }, { budget }, { category }, { forecast }, { recurring }] = await Promise.all([
  import('./anomaly.mjs'),
  import('./budget.mjs'),
  import('./category.mjs'),
  import('./forecast.mjs'),
  import('./recurring.mjs'),
]);
await unregister();

export default { name: 'fintrack', recurring, forecast, category, anomaly, budget };
