import { lineAt } from './imports.mjs';
import { maskCode } from './mask-code.mjs';

/** What the two cores may not ask for, as the time and chance of a run would then be more than its arguments. */
const impure = [
  [/\bDate\s*\.\s*now\b/g, 'the clock'],
  [/\bnew\s+Date\b/g, 'the clock or the time zone'],
  [/\bMath\s*\.\s*random\b/g, 'randomness'],
  [/\brandomUUID\b/g, 'randomness'],
  [/(?<![.\w$])crypto\s*[.[]/g, 'randomness or the platform'],
  [/(?<![.\w$])Intl\b/g, 'the locale data of the platform'],
  [/\.\s*(?:localeCompare|toLocale\w+)\b/g, 'the locale data of the platform'],
  [/(?<![.\w$])fetch\s*\(/g, 'the network'],
  [/(?<![.\w$])(?:setTimeout|setInterval|setImmediate)\b/g, 'timers'],
  [/(?<![.\w$])(?:console|process|performance|navigator|document|window)\s*[.[]/g, 'the platform'],
  [/(?<![.\w$])globalThis\b/g, 'the platform'],
];

/**
 * Where the code asks for a clock, chance or the platform.
 *
 * @param {string} code
 * @returns {{ line: number, message: string }[]}
 */
export function impureUses(code) {
  const masked = maskCode(code);
  return impure.flatMap(([pattern, what]) =>
    [...masked.matchAll(pattern)].map((match) => ({
      line: lineAt(code, match.index),
      message: `${match[0].replace(/\s+/g, ' ').trim()} asks for ${what}: a core takes it as an argument`,
    })),
  );
}
