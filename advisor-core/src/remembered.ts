/** What an analysis is of. Its revision grows with every change. */
export type Revised = { readonly revision: number };

/**
 * An analysis that is done again only when what it is of, or the day, has changed. It must depend on these two alone, so
 * that a memory of it is as good as a full run.
 */
export const remembered = <G extends Revised, T>(
  analyse: (group: G, asOfDay: number) => T,
): ((group: G, asOfDay: number) => T) => {
  const known = new WeakMap<G, { readonly revision: number; readonly asOfDay: number; readonly found: T }>();
  return (group, asOfDay) => {
    const before = known.get(group);
    if (before?.revision === group.revision && before.asOfDay === asOfDay) return before.found;
    const found = analyse(group, asOfDay);
    known.set(group, { revision: group.revision, asOfDay, found });
    return found;
  };
};
