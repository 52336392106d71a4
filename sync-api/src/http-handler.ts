import { fail, type Refusal, type RefusalType } from '@fintrack/sync-core/protocol';
import { authorize, type HttpEvent, type HttpRequest, type HttpResponse, readRequest, writeResponse } from './http.ts';
import type { Logger } from './log.ts';
import type { RouteResult, User } from './routes/answer.ts';
import { StoreUnavailable } from './store-unavailable.ts';

export type HttpHandlerOptions = {
  readonly route: (user: User, request: HttpRequest) => Promise<RouteResult>;
  /** The app client whose access tokens are accepted. */
  readonly clientId: string;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** A Lambda handler around one route. Whatever happens, the caller gets a named refusal, and of a bug nothing but that. */
export const createHttpHandler =
  ({ route, clientId, logger, now }: HttpHandlerOptions) =>
  async (event: HttpEvent): Promise<HttpResponse> => {
    const startedAt = now();
    const requestId = event.requestContext.requestId;
    const user = authorize(event, clientId);
    const space = user.ok ? { space: user.value.space } : {};
    const result = await (user.ok ? answer(event, user.value, route) : Promise.resolve(user)).catch(
      (error: unknown) => {
        logger.error('request failed', error, { requestId, ...space });
        return fail(failureRefusal(error));
      },
    );
    const response = await writeResponse(result, event.headers);
    const refusal = result.ok ? result.value.refusal : result.error;
    logger.info('request answered', {
      requestId,
      ...space,
      status: response.statusCode,
      durationMs: now() - startedAt,
      requestSizeBytes: event.body?.length ?? 0,
      responseSizeBytes: response.body.length,
      ...(refusal && { refusal: refusal.type satisfies RefusalType }),
    });
    return response;
  };

const answer = async (event: HttpEvent, user: User, route: HttpHandlerOptions['route']): Promise<RouteResult> => {
  const request = await readRequest(event);
  return request.ok ? route(user, request.value) : request;
};

const failureRefusal = (error: unknown): Refusal =>
  error instanceof StoreUnavailable
    ? { type: 'busy', message: 'The server is busy; try again.', delayMs: error.delayMs }
    : { type: 'internal', message: 'Something failed on the server; try again later.' };
