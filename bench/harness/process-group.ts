import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux on every machine this was seen on; `getconf CLK_TCK`. */
const ticksPerSecond = 100;
const pageSizeBytes = 4096;

export type GroupUse = {
  /** User and system time of every process of the group that still runs, ended children of theirs included. */
  readonly cpuMs: number;
  /** Largest resident set among them: in a browser with one page, that of the page. */
  readonly largestRssBytes: number;
};

/** What a process group has used so far, in steps of 10 ms. Linux only: it reads /proc. */
export const groupUse = (groupId: number): GroupUse => {
  let ticks = 0;
  let pages = 0;
  for (const fields of statsOf(groupId)) {
    ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    pages = Math.max(pages, Number(fields[21]));
  }
  return { cpuMs: (ticks * 1000) / ticksPerSecond, largestRssBytes: pages * pageSizeBytes };
};

/** Fields of /proc/PID/stat from the state on, which is the third: the name before it may hold spaces. */
const statsOf = (groupId: number): readonly (readonly string[])[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const text = statText(name);
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[2]) === groupId ? [fields] : [];
  });

const statText = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // it ended between the listing and the reading
  }
};
