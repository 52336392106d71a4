import { newReplicaMeta } from '../client/new-replica.ts';
import { emptyDeviceState } from './memory-client-store.ts';
import { signInWithLedger } from './sim-claims.ts';
import { damage } from './sim-damage.ts';
import type { Profile } from './sim-profile.ts';
import { inCommon, worldSpace } from './sim-server.ts';
import { writeThroughServer } from './sim-rest.ts';
import type { World } from './sim-world.ts';

/** More copies than this only make a world slow. */
const profilesMax = 5;
const backupsMax = 3;

/** Something happens to one of the devices, to its disk, its clock, its network or the person at it. */
export const strikeDevice = (world: World): void => {
  const profile = world.random.pick(world.profiles);
  strikeBrowser(world, profile);
  strikeDisk(world, profile);
  strikeClock(world, profile);
  strikeAccess(world, profile);
  strikeServer(world);
  strikeClaim(world, profile);
};

const strikeClaim = (world: World, profile: Profile): void => {
  const { faults, random, profiles } = world;
  if (profile.local || profile.forgotten || !faults.strikes('claim', 0.03)) return;
  const isNew = profiles.length < profilesMax && random.chance(0.5);
  const meta = newReplicaMeta(worldSpace, random.hex(16));
  world.run(signInWithLedger(world, isNew ? world.add(emptyDeviceState(meta)) : profile));
};

const strikeBrowser = (world: World, profile: Profile): void => {
  const { faults, random } = world;
  if (faults.strikes('crash', 0.2)) world.crash(profile);
  const tab = profile.tabs.length > 1 ? random.pick(profile.tabs) : undefined;
  if (tab && faults.strikes('killTab', 0.3)) world.closeTab(tab);
  if (profile.tabs.length === 1 && faults.strikes('secondTab', 0.15)) world.openTab(profile);
  if (faults.strikes('newerProgram', 0.05)) profile.isNewer = !profile.isNewer;
};

const strikeDisk = (world: World, profile: Profile): void => {
  const { faults, random, profiles } = world;
  const lost = profile.recent.length > 0 ? random.pick(profile.recent) : undefined;
  if (lost && faults.strikes('powerLoss', 0.06)) {
    world.crash(profile, lost);
    profile.recent = [];
  }
  if (profile.copies.length > 0 && faults.strikes('restoredProfile', 0.05))
    world.crash(profile, random.pick(profile.copies));
  if (profiles.length < profilesMax && faults.strikes('clonedProfile', 0.05)) {
    const clone = world.add(random.pick([profile.state, ...profile.copies]));
    clone.local = profile.local;
    clone.skewMs = profile.skewMs;
  }
  const other = random.pick(profiles);
  if (other !== profile && faults.strikes('clonesInTurn', 0.03)) {
    profile.local = other.local;
    world.crash(profile, other.state);
  }
  if (faults.strikes('evicted', 0.03)) {
    world.crash(profile, emptyDeviceState(newReplicaMeta(worldSpace, random.hex(16))));
    profile.recent = [];
  }
  if (faults.strikes('damagedRow', 0.02)) damage(world, profile);
  if (faults.strikes('fullDisk', 0.08)) {
    profile.diskFullUntilMs = world.scheduler.nowMs + random.pick([100, 5000, 600_000]);
  }
};

const strikeClock = (world: World, profile: Profile): void => {
  const { faults, random } = world;
  if (faults.strikes('clockSkew', 0.15)) {
    profile.skewMs = random.pick([2_300_000_000_000, -world.scheduler.nowMs, random.between(-900, 900)]);
  }
  if (faults.strikes('clockJump', 0.1)) {
    profile.skewMs = profile.skewMs === 0 ? -random.pick([1000, 3_600_000]) : 0;
  }
};

const strikeAccess = (world: World, profile: Profile): void => {
  const { faults, random, network } = world;
  const ask = () => {
    for (const tab of profile.tabs) tab.wake('asked');
  };
  if (profile.isOnline && faults.strikes('partition', 0.15)) {
    profile.isOnline = false;
    world.later(random.pick([300, 20_000, 1_200_000, 7_200_000]), () => {
      profile.isOnline = true;
      if (random.chance(0.7)) ask();
    });
  }
  if (faults.strikes('signedOut', 0.03)) {
    profile.isSignedOut = true;
    world.later(random.pick([1000, 60_000, 3_600_000]), () => {
      network.signIn(profile);
      ask();
    });
  }
  if (faults.strikes('tokenExpired', 0.05)) profile.tokenUntilMs = 0;
  if (faults.strikes('serverTooOld', 0.02)) {
    profile.isAhead = true;
    world.later(random.pick([1000, 600_000]), () => {
      profile.isAhead = false;
      ask();
    });
  }
  if (faults.strikes('replayedRequest', 0.15)) world.run(network.replay());
};

/** Restored from a backup, from the same once more, from an older one after a newer, or forward again. */
const strikeDatabase = (world: World): void => {
  const { faults, random, server, backups } = world;
  if (random.chance(0.1)) backups.push(server.backup());
  if (backups.length > backupsMax) backups.shift();
  if (backups.length === 0) return;
  const chosen = random.pick(backups);
  const isAgain = inCommon(chosen.entries, server.everything) <= (world.restored?.entries.length ?? -1);
  if (!(isAgain ? faults.strikes('restoredAgain', 0.08) : faults.strikes('restoredServer', 0.04))) return;
  world.restored = chosen;
  // Archives above the cut go: a newer backup is of use only while its log holds what they held.
  const ofUse = backups.filter(({ entries, first }) => first - 1 <= inCommon(entries, chosen.entries));
  backups.splice(0, backups.length, ...ofUse);
  world.run(chosen.putBack(random.chance(0.5)));
};

/** What the server's stream and sweeper do now and then, and what happens to its database. */
const strikeServer = (world: World): void => {
  const { faults, random, server } = world;
  if (random.chance(0.5)) world.run(server.materialise());
  if (random.chance(0.4)) world.run(server.takeSnapshot());
  if (random.chance(0.3)) world.run(server.compact());
  if (server.head > 0 && !server.isStopped) strikeDatabase(world);
  if (!server.isStopped && faults.strikes('serverWriter', 0.06)) world.run(writeThroughServer(world));
  const snapshots = [...server.history.blobs.texts.keys()].filter((name) => name.startsWith('snapshots/'));
  if (snapshots.length > 0 && faults.strikes('corruptBlob', 0.1)) {
    const name = random.pick(snapshots);
    server.history.blobs.texts.set(name, `${server.history.blobs.texts.get(name)?.slice(1)}`);
  }
};
