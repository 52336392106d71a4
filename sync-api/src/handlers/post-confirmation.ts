import type { PostConfirmationTriggerEvent } from 'aws-lambda';
import { createDocumentClient, triggerBounds } from '../dynamodb/document-client.ts';
import { createUserRegistry } from '../dynamodb/users.ts';
import { envNames } from '../env-names.ts';
import { readEnvironment } from '../environment.ts';
import { createLogger, writeLogLine } from '../log.ts';
import { createRegister } from '../routes/register.ts';

const environment = readEnvironment([envNames.users]);
const logger = createLogger({ function: 'post-confirmation', now: Date.now, write: writeLogLine });
const register = createRegister({
  save: createUserRegistry(createDocumentClient(triggerBounds), environment.TABLE_USERS),
  now: Date.now,
});

/** Cognito's PostConfirmation trigger. A failure is thrown, so that Cognito tries again; its text is shown to the person. */
export const handler = async (event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> => {
  const space = event.request.userAttributes['sub'] ?? '';
  try {
    await register(event.request.userAttributes);
  } catch (error) {
    logger.error('request failed', error, { space });
    throw new Error('The account could not be set up; try again later.', { cause: error });
  }
  logger.info('user registered', { space });
  return event;
};
