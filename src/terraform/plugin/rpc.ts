import type { Calls, Unary } from "./grpc-server";
import { provider, type ProviderRpcs } from "./messages";
import { decode, encode, type Decoded, type Encodable, type Message } from "./protobuf";

/** What a provider answers to each call of core's. */
export type ProviderHandlers = {
  readonly [Name in keyof ProviderRpcs]: (
    request: Decoded<ProviderRpcs[Name]["request"]>,
  ) => Promise<Encodable<ProviderRpcs[Name]["response"]>> | Encodable<ProviderRpcs[Name]["response"]>;
};

type Handler = (request: unknown) => unknown;

/** Every path that is answered, with its codec. */
export function unaryCalls(handlers: ProviderHandlers): Calls {
  const calls = new Map<string, Unary>();
  for (const [name, { request, response }] of Object.entries(provider)) {
    const handler = handlers[name as keyof ProviderHandlers] as Handler;
    calls.set(`/tfplugin6.Provider/${name}`, async (bytes) =>
      encode(response as Message, (await handler(decode(request as Message, bytes))) as Encodable<Message>),
    );
  }
  return calls;
}
