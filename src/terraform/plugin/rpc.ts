import { Empty, provider, type ProviderRpcs } from "./messages";
import { decode, encode, type Decoded, type Encodable, type Message } from "./protobuf";

/** What a provider answers to each call of core's. */
export type ProviderHandlers = {
  readonly [Name in keyof ProviderRpcs]: (
    request: Decoded<ProviderRpcs[Name]["request"]>,
  ) => Promise<Encodable<ProviderRpcs[Name]["response"]>> | Encodable<ProviderRpcs[Name]["response"]>;
};

/** Answers the bytes of one request with the bytes of one response. */
export type Unary = (request: Buffer) => Promise<Buffer>;

type Handler = (request: unknown) => unknown;

/**
 * Every path that is answered, with its codec. `handlers` may come later: the socket is offered before they are loaded.
 */
export function unaryCalls(
  handlers: Promise<ProviderHandlers>,
  shutdown: () => void,
): ReadonlyMap<string, Unary> {
  const calls = new Map<string, Unary>();
  for (const [name, { request, response }] of Object.entries(provider)) {
    calls.set(`/tfplugin6.Provider/${name}`, async (bytes) => {
      const known = await handlers;
      const handler = known[name as keyof ProviderHandlers] as Handler;
      const answer = await handler(decode(request as Message, bytes));
      return encode(response as Message, answer as Encodable<Message>);
    });
  }
  calls.set("/plugin.GRPCController/Shutdown", () => {
    shutdown();
    return Promise.resolve(encode(Empty, {}));
  });
  return calls;
}
