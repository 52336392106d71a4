import { Link } from 'wouter';
import { useSessionState, useSyncStatus } from '../../model/services-context.tsx';
import { useNow } from '../../model/use-now.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { syncWords } from '../../ui/sync-words.ts';
import { useTitle } from '../../ui/use-title.ts';
import { words } from './words.ts';
import '../../ui/parts.css';

/** On phones, the way to what the dock has no room for. */
export const MoreScreen = () => {
  const status = useSyncStatus();
  const session = useSessionState();
  const now = useNow();
  const format = useFormat();
  useTitle(words.title);
  const account = session.type === 'signedIn' ? session.email : words.noAccount;
  return (
    <div className="page">
      <header className="top">
        <h1>{words.title}</h1>
      </header>
      <main id="main" className="wrap">
        <ul className="links">
          <Item href="/advisor" icon="bulb" text={words.advice} sub={words.adviceSub} />
          <Item href="/sync" icon="cloud" text={words.sync} sub={syncWords(status, now, format).text} />
          <Item href="/changes" icon="clock" text={words.changes} sub={words.changesSub} />
          <Item href="/import" icon="file" text={words.import} sub={words.importSub} />
          <Item href="/account" icon="person" text={words.account} sub={account} />
        </ul>
      </main>
    </div>
  );
};

const Item = ({ href, icon, text, sub }: { href: string; icon: IconName; text: string; sub: string }) => (
  <li>
    <Link href={href}>
      <Icon name={icon} />
      <span>
        {text}
        <span className="sub break">{sub}</span>
      </span>
      <Icon name="next" small />
    </Link>
  </li>
);
