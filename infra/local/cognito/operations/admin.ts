import { adminOperation, username } from '../operation.ts';
import { accept, refuse } from '../outcome.ts';
import type { PoolContext } from '../pool-context.ts';
import type { User } from '../pool-state.ts';
import { object, text } from '../shape.ts';
import { withoutUser } from '../user-store.ts';

/** Both take the `sub` or the email address, as Cognito does. */
const named = object({ UserPoolId: text(55), Username: username });

export const adminGetUser = adminOperation(named, (context, { Username }) => {
  const user = findUser(context, Username);
  return user ? accept({ Username: user.sub, Enabled: true }) : noUser;
});

export const adminDeleteUser = adminOperation(named, (context, { Username }) => {
  const user = findUser(context, Username);
  if (!user) return noUser;
  context.store.commit((state) => withoutUser(state, user.sub));
  return accept({});
});

const noUser = refuse('UserNotFoundException', 'User does not exist.');

const findUser = ({ store }: PoolContext, name: string): User | undefined =>
  [...store.state.users.values()].find(({ sub, email }) => sub === name || email === name.toLowerCase());
