import type { Emulator } from "../../src/emulator";

/** Answers a request as the emulator would. */
export type Answer = (request: Request) => Promise<Response>;

/** Stands between a running emulator and its clients, until the function that it answers is called. */
export function intercept(
  emulator: Emulator,
  between: (request: Request, answer: Answer) => Promise<Response>,
): () => void {
  const answer = emulator.fetch.bind(emulator);
  Object.assign(emulator, { fetch: (request: Request) => between(request, answer) });
  return () => void Object.assign(emulator, { fetch: answer });
}

/** Whether a request asks for an invitation. */
export function invites({ method, url }: Request): boolean {
  return method === "POST" && new URL(url).pathname === "/scim/1/Users";
}
