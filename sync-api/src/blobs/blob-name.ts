const part = '[A-Za-z0-9_-]+';
const nameShape = new RegExp(`^${part}(/${part})*$`);
const prefixShape = new RegExp(`^${part}/(${part}/)*[A-Za-z0-9_-]*$`);

/** Names are paths on every store: no dots, no empty parts, nothing that another system reads otherwise. */
export const requireName = (name: string): string => {
  if (!nameShape.test(name)) throw new Error('a text may not have this name');
  return name;
};

/** Whole parts, the last of which may be begun only: never all names there are. */
export const requirePrefix = (prefix: string): string => {
  if (!prefixShape.test(prefix)) throw new Error('names may not be listed by this prefix');
  return prefix;
};
