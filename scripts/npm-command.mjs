/**
 * How to run npm: with the very npm that runs us, which a PATH may not name, or else the PATH's.
 *
 * @param {...string} args
 * @returns {{ file: string, args: string[] }}
 */
export function npmCommand(...args) {
  const npmCli = process.env.npm_execpath;
  if (npmCli?.endsWith('.js')) return { file: process.execPath, args: [npmCli, ...args] };
  // Windows starts a command file only through its shell.
  if (process.platform === 'win32') return { file: 'cmd.exe', args: ['/c', 'npm', ...args] };
  return { file: 'npm', args };
}
