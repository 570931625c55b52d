import { Agent } from "node:https";

import { isLoopbackUrl } from "./hosts";
import { TunnelAgent } from "./tunnel";

type Variables = Readonly<Record<string, string | undefined>>;

/** Who connects to an address: straight where it is on loopback or no proxy is named for it. */
export function agentsOf(variables: Variables, timeoutMs: number): (url: string) => Agent {
  const known = new Map<string, Agent>();
  return (url) => {
    const proxy = isLoopbackUrl(url) ? "" : proxyFor(new URL(url), variables);
    const agent =
      known.get(proxy) ?? (proxy === "" ? new Agent({ keepAlive: true }) : new TunnelAgent(proxy, timeoutMs));
    known.set(proxy, agent);
    return agent;
  };
}

/**
 * The proxy for an https address by HTTPS_PROXY, ALL_PROXY and NO_PROXY in either case, empty without one. An entry of NO_PROXY
 * is `*`, or a host with all that ends in it, with or without a port: `amplitude.com`, `.amplitude.com`, `amplitude.com:443`.
 */
export function proxyFor({ hostname, port }: URL, variables: Variables): string {
  const value = (name: string) => variables[name.toLowerCase()] || variables[name] || "";
  const exempt = value("NO_PROXY")
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (name === "" || (only !== undefined && only !== (port || "443"))) return false;
      return hostname === name || hostname.endsWith(`.${name}`);
    });
  const proxy = exempt ? "" : value("HTTPS_PROXY") || value("ALL_PROXY");
  return proxy === "" || proxy.includes("://") ? proxy : `http://${proxy}`;
}
