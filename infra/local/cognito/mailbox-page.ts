import { createHash } from 'node:crypto';
import type { DeliveredMail } from './mail.ts';

/** The whole page; everything that came with a mail is escaped. */
export const mailboxPage = (mails: readonly DeliveredMail[]): string => `<!doctype html>
<html lang="en" data-newest="${mails[0]?.id ?? 0}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${mails.length === 0 ? 'Mailbox' : `Mailbox (${mails.length})`} · FinTrack AI, local</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
<p class="about">Mail that FinTrack AI sends on this machine, newest first. None of it leaves the machine.</p>
${mails.length === 0 ? EMPTY : `<ol>${mails.map(mailItem).join('\n')}</ol>`}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;

export const escapeHtml = (plain: string): string =>
  plain.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const mailItem = (mail: DeliveredMail): string => {
  const sentAt = new Date(mail.sentAtMs).toISOString();
  return `<li>
<h2>${escapeHtml(mail.subject)}</h2>
<p class="meta">to <b>${escapeHtml(mail.to)}</b> · <time datetime="${sentAt}">${sentAt.replace('T', ' ').slice(0, 19)} UTC</time></p>
<p class="code">${escapeHtml(mail.code)}</p>
<p>${escapeHtml(mail.text)}</p>
</li>`;
};

const EMPTY = '<p class="empty">Nothing yet. Sign up in the app, and the code arrives here within a second.</p>';

/** Shows times as the reader's clock has them, and loads the page again only when something new has come. */
const SCRIPT = `
for (const time of document.querySelectorAll('time')) time.textContent = new Date(time.dateTime).toLocaleString();
const messages = location.pathname.replace(/\\/?$/, '/messages') + location.search;
setInterval(async () => {
  const mails = await fetch(messages).then((response) => response.json()).catch(() => undefined);
  if (mails && String(mails[0]?.id ?? 0) !== document.documentElement.dataset.newest) location.reload();
}, 1000);
`;

const STYLE = `
:root { color-scheme: light dark; --bg: light-dark(#fbfbfd, #101117); --ink: light-dark(#17181f, #eeeef1);
  --quiet: light-dark(#5c5e68, #a2a4ae); --line: light-dark(#dedfe5, #2d2f38); --accent: light-dark(#4b3fd6, #a9a6f5); }
* { box-sizing: border-box; margin: 0; }
body { background: var(--bg); color: var(--ink); font: 0.9375rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.375rem; line-height: 1.75rem; font-weight: 600; }
h2 { font-size: 1.0625rem; line-height: 1.5rem; font-weight: 600; }
.about, .meta, .empty { color: var(--quiet); }
.meta { font-size: 0.8125rem; overflow-wrap: anywhere; }
.meta b { font-weight: 500; color: var(--ink); }
.empty { margin-top: 2rem; }
ol { list-style: none; padding: 0; margin-top: 1.5rem; border-top: 1px solid var(--line); }
li { padding: 1rem 0 1.25rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.code { margin: 0.25rem 0; font-size: 1.75rem; line-height: 2.25rem; font-weight: 600; letter-spacing: 0.08em;
  font-variant-numeric: tabular-nums; color: var(--accent); user-select: all; width: fit-content; }
`;

/** Nothing but the page's own style and script runs, whatever a mail holds. */
export const mailboxPagePolicy = [
  "default-src 'none'",
  "connect-src 'self'",
  'img-src data:',
  `style-src '${sha256(STYLE)}'`,
  `script-src '${sha256(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function sha256(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
