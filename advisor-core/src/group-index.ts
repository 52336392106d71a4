import type { Posting } from './posting.ts';
import { PostingGroup } from './posting-group.ts';

/** What belongs together: entries of one kind and one currency, of one merchant or of one category. */
export type GroupName = {
  readonly kind: 'expense' | 'income';
  readonly currency: string;
  /** Merchant key or category id; null are the uncategorised. */
  readonly of: string | null;
};

export type Named<T> = { readonly name: GroupName; readonly group: T };

/** Some of the groups of an index; its revision grows when one of them changes, comes or goes. */
export type Shard = { readonly revision: number; readonly groups: ReadonlySet<Named<PostingGroup>> };

/** Some four hundred groups to a shard where there are a hundred thousand; one where there are few. */
const shardsMax = 256;

/**
 * Groups by merchant or category, dealt out to shards: who remembers what was found in each shard looks at a few groups
 * after one change, not at all of them.
 */
export class GroupIndex<K extends string | null> {
  private readonly nameOf: (of: K) => GroupName;
  private readonly placed = new Map<K, { readonly named: Named<PostingGroup>; readonly shard: OwnShard }>();
  private readonly ownShards: OwnShard[] = [];
  private dealt = 0;

  constructor(nameOf: (of: K) => GroupName) {
    this.nameOf = nameOf;
  }

  get shards(): readonly Shard[] {
    return this.ownShards;
  }

  groups(): readonly Named<PostingGroup>[] {
    return [...this.placed.values()].map(({ named }) => named);
  }

  add(of: K, posting: Posting): void {
    let place = this.placed.get(of);
    if (place === undefined) {
      place = { named: { name: this.nameOf(of), group: new PostingGroup() }, shard: this.nextShard() };
      this.placed.set(of, place);
      place.shard.groups.add(place.named);
    }
    place.named.group.add(posting);
    place.shard.revision += 1;
  }

  remove(of: K, posting: Posting): void {
    const place = this.placed.get(of);
    if (place === undefined) throw new Error('a posting is removed from a group that is not there');
    const { named, shard } = place;
    named.group.remove(posting);
    shard.revision += 1;
    if (named.group.size > 0) return;
    this.placed.delete(of);
    shard.groups.delete(named);
  }

  private nextShard(): OwnShard {
    const index = this.dealt % shardsMax;
    this.dealt += 1;
    return (this.ownShards[index] ??= { revision: 0, groups: new Set() });
  }
}

type OwnShard = { revision: number; readonly groups: Set<Named<PostingGroup>> };
