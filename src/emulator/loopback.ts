const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Why a request is turned away before anything else: its Host is not this machine's (a name that an attacker
 * points here), or its Origin is a page from elsewhere. undefined where all is well.
 */
export function foreignRequest(headers: Headers): string | undefined {
  const host = headers.get("host");
  if (host !== null && !LOOPBACK.test(host))
    return "The emulator answers on loopback only: this Host is another one.";
  const origin = headers.get("origin");
  if (origin === null) return undefined;
  const loopback = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  if (loopback !== undefined && LOOPBACK.test(loopback)) return undefined;
  return "The emulator answers pages of this machine only: this Origin is another one.";
}
