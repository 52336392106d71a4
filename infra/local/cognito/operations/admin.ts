import { adminOperation, username } from '../operation.ts';
import { accept, refuse } from '../outcome.ts';
import { object, text } from '../shape.ts';
import { withoutUser } from '../user-store.ts';

/** Takes the `sub` or the email address, as Cognito does. */
export const adminDeleteUser = adminOperation(
  object({ UserPoolId: text(55), Username: username }),
  (context, { Username }) => {
    const users = [...context.store.state.users.values()];
    const user = users.find(({ sub, email }) => sub === Username || email === Username.toLowerCase());
    if (user === undefined) return refuse('UserNotFoundException', 'User does not exist.');
    context.store.commit((state) => withoutUser(state, user.sub));
    return accept({});
  },
);
