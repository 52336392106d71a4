import { Suspense, useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useSyncStatus } from '../model/services-context.tsx';
import { useNow } from '../model/use-now.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { onShortcut } from '../ui/shortcut.ts';
import { StateLink } from '../ui/state-link.tsx';
import { twoPanes, useMedia } from '../ui/use-media.ts';
import { OfflineBanner, preloadLikely, StorageNoticeBar, UpdateToast } from './pages.ts';
import { Routes } from './routes.tsx';

const words = {
  skip: 'Skip to content',
  main: 'Main',
  month: 'Month',
  entries: 'Entries',
  budgets: 'Budgets',
  advice: 'Advice',
  import: 'Import',
  sync: 'Sync',
  account: 'Account',
  more: 'More',
  add: 'Add',
  name: 'FinTrack',
};

const addHref = '/add';

export const Shell = () => {
  const hasTopBar = useMedia(twoPanes);
  const [, navigate] = useLocation();
  useEffect(() => onShortcut('n', () => navigate(addHref)), [navigate]);
  useEffect(() => {
    const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1500));
    whenIdle(preloadLikely);
  }, []);
  return (
    <div className="app">
      <a className="skip btn" href="#main">
        {words.skip}
      </a>
      {hasTopBar && <TopBar />}
      <Suspense fallback={null}>
        <OfflineBanner />
        <StorageNoticeBar />
      </Suspense>
      <div className="stage">
        <Routes />
      </div>
      {!hasTopBar && <Dock />}
      <Suspense fallback={null}>
        <UpdateToast />
      </Suspense>
    </div>
  );
};

const TopBar = () => {
  const status = useSyncStatus();
  const now = useNow();
  return (
    <header className="bar-top">
      <Link className="name" href="/">
        {words.name}
      </Link>
      <nav aria-label={words.main}>
        <Tab href="/" text={words.month} />
        <Tab href="/entries" text={words.entries} />
        <Tab href="/budgets" text={words.budgets} />
        <Tab href="/advisor" text={words.advice} />
        <Tab href="/import" text={words.import} />
        <Tab href="/sync" text={words.sync} />
        <Tab href="/account" text={words.account} />
      </nav>
      <span className="space" />
      <StateLink status={status} now={now} />
      <Link className="btn btn-main" href={addHref}>
        <Icon name="plus" small />
        {words.add}
      </Link>
    </header>
  );
};

const Dock = () => (
  <nav className="dock" aria-label={words.main}>
    <Tab href="/" text={words.month} icon="calendar" />
    <Tab href="/entries" text={words.entries} icon="list" />
    <Tab href="/budgets" text={words.budgets} icon="sliders" />
    <Tab href="/more" text={words.more} icon="dots" also={/^\/(advisor|sync|account|import|changes)/} />
    <Link className="btn btn-main" href={addHref}>
      <Icon name="plus" />
      {words.add}
    </Link>
  </nav>
);

/** `also`: addresses under this tab that have none of their own here. */
const Tab = ({ href, text, icon, also }: { href: string; text: string; icon?: IconName; also?: RegExp }) => {
  const [location] = useLocation();
  const isHere = location === href || also?.test(location) === true;
  return (
    <Link className="tab" href={href} aria-current={isHere ? 'page' : undefined}>
      {icon && <Icon name={icon} />}
      {text}
    </Link>
  );
};
