/**
 * A step on a scale on which an amount grows by half or by a third from one step to the next: 1, 2, 3, 4, 6, 8, 12, 16,
 * ... of whole minor units, whatever the currency. Two amounts of one bucket are about the same to a person.
 */
export const bucketOf = (minor: number): number => {
  let power = 0;
  let floor = 1;
  const size = Math.abs(minor);
  if (size < 1) return 0;
  while (floor * 2 <= size) {
    floor *= 2;
    power += 1;
  }
  const step = 2 * power + (size >= floor * 1.5 ? 2 : 1);
  return minor < 0 ? -step : step;
};
