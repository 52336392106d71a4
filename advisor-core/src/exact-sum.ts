const limb = 2 ** 26;

/**
 * A sum of whole numbers from which each can be taken away again, exact however large it was in between. Two limbs
 * instead of one big integer: a ledger has a hundred thousand of them.
 */
export class ExactSum {
  private high = 0;
  private low = 0;

  add(whole: number): void {
    const high = Math.floor(whole / limb);
    this.high += high;
    this.low += whole - high * limb;
  }

  /** Rounded beyond safe integers. */
  get value(): number {
    return this.high * limb + this.low;
  }
}
