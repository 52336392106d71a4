import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { words } from './words.ts';
import '../../ui/parts.css';
import './first-run.css';

const ways: readonly { readonly href: string; readonly icon: IconName; readonly text: string; readonly sub: string }[] =
  [
    { href: '/import', icon: 'file', text: words.firstImport, sub: words.firstImportSub },
    { href: '/budgets', icon: 'sliders', text: words.firstBudget, sub: words.firstBudgetSub },
    { href: '/account', icon: 'person', text: words.firstAccount, sub: words.firstAccountSub },
  ];

/** Before the first entry: what this is, and the ways in. Adding is in the dock, where it always is. */
export const FirstRun = () => {
  const { profile } = useBook();
  return (
    <main id="main" className="page scrolls">
      <div className="first">
        <h1>{words.firstClaim}</h1>
        <p className="lead">{words.firstLead}</p>
        <ul className="links">
          {ways.map(({ href, icon, text, sub }) => (
            <li key={href}>
              <Link href={href}>
                <Icon name={icon} />
                <span>
                  {text}
                  <span className="sub">{sub}</span>
                </span>
                <Icon name="next" small />
              </Link>
            </li>
          ))}
        </ul>
        <p className="push t-13 ink-3">
          {words.firstCurrency(profile.currency)}{' '}
          <Link className="act reach" href="/account">
            {words.change}
          </Link>
        </p>
      </div>
    </main>
  );
};
