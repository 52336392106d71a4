import { accept, type Outcome, refuse } from './outcome.ts';
import type { User } from './pool-state.ts';
import { list, object, type ShapeOf, text } from './shape.ts';

/** AttributeType of the API reference: names to 32 characters, values to 2,048. */
export const attributeList = list(object({ Name: text(32), Value: text(2048, 0) }), 50);

export type AttributeList = ShapeOf<typeof attributeList>;

/** What a person may set about themselves; the email is fixed by signing up. */
export type OwnAttributes = Pick<User, 'name' | 'locale' | 'zoneinfo'>;

export const readOwnAttributes = (given: AttributeList, before: OwnAttributes): Outcome<OwnAttributes> => {
  let { name, locale, zoneinfo } = before;
  for (const { Name, Value } of given) {
    if (Name === 'name') name = Value;
    else if (Name === 'locale') locale = Value;
    else if (Name === 'zoneinfo') zoneinfo = Value;
    else return refuse('NotAuthorizedException', `A client attempted to write unauthorized attribute: ${Name}`);
  }
  return accept({ name, locale, zoneinfo });
};

/** Every attribute the person has, by Cognito's names, all values as text. */
export const userAttributes = (user: User): Readonly<Record<string, string>> => ({
  sub: user.sub,
  email: user.email,
  email_verified: String(user.status === 'CONFIRMED'),
  ...(user.name === undefined ? {} : { name: user.name }),
  ...(user.locale === undefined ? {} : { locale: user.locale }),
  ...(user.zoneinfo === undefined ? {} : { zoneinfo: user.zoneinfo }),
});
