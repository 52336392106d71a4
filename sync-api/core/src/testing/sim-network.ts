import { applyAnswer } from '../client/apply-answer.ts';
import type { PartResult, TransportResult } from '../client/exchange.ts';
import type { PartRequest, SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { protocolVersion, schemaVersion } from '../protocol/version.ts';
import { Killed, type Task } from './scheduler.ts';
import { DiskFull, type Profile } from './sim-profile.ts';
import type { SimServer } from './sim-server.ts';
import type { Setting } from './sim-setting.ts';
import type { TabTransport } from './sim-tab.ts';

const tokenLifeMs = 3_600_000;
/** Old requests that may turn up again. */
const rememberedMax = 20;

/** The network between devices and the server: loses, repeats, delays and holds back, and never changes a byte unseen. */
export class SimNetwork {
  private readonly setting: Setting;
  private readonly server: SimServer;
  private readonly onError: (error: unknown) => void;
  private readonly sent: string[] = [];

  constructor(setting: Setting, server: SimServer, onError: (error: unknown) => void) {
    this.setting = setting;
    this.server = server;
    this.onError = onError;
  }

  transport(profile: Profile, task: Task): TabTransport {
    return {
      send: (request) => this.send(profile, task, request),
      part: (request) => this.part(profile, task, request),
      refreshToken: async () => {
        await this.setting.scheduler.sleep(task, 20);
        if (profile.isOnline && !this.setting.faults.strikes('signedOut', 0.1)) this.signIn(profile);
      },
    };
  }

  signIn(profile: Profile): void {
    profile.isSignedOut = false;
    profile.tokenUntilMs = this.setting.scheduler.nowMs + tokenLifeMs;
  }

  /** A request of long ago arrives once more; nobody waits for its answer. */
  async replay(): Promise<void> {
    if (this.sent.length > 0) await this.server.answer(this.setting.random.pick(this.sent));
  }

  private async send(profile: Profile, task: Task, request: SyncRequest): Promise<TransportResult> {
    const { scheduler, random, faults } = this.setting;
    if (profile.isSignedOut) return { type: 'signInNeeded' };
    await scheduler.sleep(task, this.latencyMs());
    if (!profile.isOnline) {
      faults.count('partition');
      return { type: 'unreachable' };
    }
    if (faults.strikes('portal', 0.02)) return { type: 'notTheServer' };
    if (faults.strikes('dropRequest', 0.04)) return { type: 'unreachable' };
    if (scheduler.nowMs > profile.tokenUntilMs) {
      faults.count('tokenExpired');
      return { type: 'refused', refusal: { type: 'unauthorized', message: 'the token was refused' } };
    }
    const text = this.textOf(profile, request);
    const result = await this.serve(text);
    await scheduler.sleep(task, this.latencyMs());
    if (!profile.isOnline || faults.strikes('dropAnswer', 0.06)) return { type: 'unreachable' };
    if (result.type !== 'answer') return result;
    if (faults.strikes('repeatedAnswer', 0.05)) this.repeat(profile, task, request, result.answer, random.hex(16));
    return { type: 'answer', answer: faults.strikes('alteredAnswer', 0.02) ? altered(result.answer) : result.answer };
  }

  private async part(profile: Profile, task: Task, request: PartRequest): Promise<PartResult> {
    const { scheduler, faults } = this.setting;
    if (profile.isSignedOut) return { type: 'signInNeeded' };
    await scheduler.sleep(task, this.latencyMs());
    if (!profile.isOnline || faults.strikes('dropRequest', 0.04)) return { type: 'unreachable' };
    const result = await this.server.part(request);
    await scheduler.sleep(task, this.latencyMs());
    if (!profile.isOnline || faults.strikes('dropAnswer', 0.06)) return { type: 'unreachable' };
    if (result.type !== 'part' || !faults.strikes('alteredPart', 0.1)) return result;
    return { type: 'part', text: result.text.replace('text ', 'test ') };
  }

  private textOf(profile: Profile, request: SyncRequest): string {
    const { faults, random } = this.setting;
    const isAhead = profile.isAhead && !faults.isCalm;
    if (isAhead) faults.count('serverTooOld');
    const newer = {
      schema: schemaVersion + 1,
      later: { hint: [1] },
      ...(isAhead ? { protocol: protocolVersion + 1 } : {}),
    };
    const text = JSON.stringify(profile.isNewer || isAhead ? { ...request, ...newer } : request);
    if (request.push && this.sent.length < rememberedMax) this.sent.push(text);
    else if (request.push && random.chance(0.1)) this.sent[random.between(0, rememberedMax - 1)] = text;
    return text;
  }

  private async serve(text: string): Promise<TransportResult> {
    if (!this.setting.faults.strikes('duplicate', 0.06)) return this.server.answer(text);
    return Promise.race([this.server.answer(text), this.server.answer(text)]);
  }

  private latencyMs(): number {
    const { random, faults } = this.setting;
    return faults.strikes('delay', 0.03) ? random.pick([500, 5000, 200_000]) : random.between(5, 60);
  }

  /** The same answer comes a second time, some time later [D3]. */
  private repeat(profile: Profile, task: Task, request: SyncRequest, answer: SyncAnswer, newReplica: string): void {
    const { scheduler, random } = this.setting;
    const again = async () => {
      await scheduler.sleep(task, random.pick([1, 100, 3000]));
      await applyAnswer(profile.open(task), request, answer, { newReplica, now: profile.now() });
    };
    again().catch((error: unknown) => {
      if (!(error instanceof Killed) && !(error instanceof DiskFull)) this.onError(error);
    });
  }
}

/** As a broken proxy would: the first entry does not say what was sent. */
const altered = (answer: SyncAnswer): SyncAnswer => {
  const [first, ...rest] = answer.entries;
  if (first?.type === 'own') return { ...answer, entries: [{ ...first, hash: 'a'.repeat(32) }, ...rest] };
  if (first?.type !== 'changes') return answer;
  return { ...answer, entries: [{ ...first, changes: [...first.changes.slice(0, -1), { odd: 1 }] }, ...rest] };
};
