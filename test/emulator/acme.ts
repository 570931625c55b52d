import { createEmulator, type Emulator, type EmulatorOptions, type Seed } from "../../src/emulator/index";

/** A small organization on a clock that stands still. */
export const acme: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 7, name: "Acme", region: "us" },
  clock: "2026-11-23T09:00:00Z",
  people: [
    { email: "tom@acme.com", givenName: "Tom", familyName: "Ode", organizationRole: "owner" },
    { email: "Ana@Nova.agency", givenName: "Ana", familyName: "Lima" },
    { email: "leo@nova.agency", status: "pending" },
  ],
  groups: [
    { id: 40, name: "analysts", members: ["tom@acme.com"] },
    { id: 41, name: "nova", members: ["ana@nova.agency", "leo@nova.agency"] },
  ],
  projects: [
    { id: 501, name: "Production" },
    { id: 502, name: "Staging" },
  ],
  roles: [{ id: "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01", name: "Reporting" }],
  assignments: [
    {
      id: "first-assignment-000001",
      principalType: "group",
      principal: "nova",
      project: 501,
      role: "Member",
    },
    {
      id: "other-assignment-000002",
      principalType: "user",
      principal: "ana@nova.agency",
      project: 502,
      role: "Viewer",
    },
  ],
};

export const reporting = "7f0c5f4e-3b0a-4c57-9d55-0a5a0a9e7c01";
export const viewer = "00000000-0000-4000-8000-000000000001";
export const admin = "00000000-0000-4000-8000-000000000004";

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: unknown;
}

export interface Client {
  emulator: Emulator;
  send: (
    method: string,
    path: string,
    body?: unknown,
    init?: { headers?: Record<string, string>; signal?: AbortSignal },
  ) => Promise<Answer>;
  /** Sets switches, as a test that asks "what if Amplitude does it the other way" would. */
  switch: (switches: Record<string, unknown>) => Promise<void>;
}

/** An emulator with the right credential on every request. */
export function client(seed: Partial<Seed> = {}, options?: EmulatorOptions): Client {
  const emulator = createEmulator({ ...acme, ...seed }, options);
  const { id, region = "us" } = { ...acme, ...seed }.organization;
  const send: Client["send"] = async (method, path, body, init = {}) => {
    const full = path.startsWith("/user-management/") ? withOrganization(path, id) : path;
    const request = new Request(`http://127.0.0.1${full}`, {
      method,
      headers: {
        authorization: credential(path, `${region}-${id}`),
        "content-type": "application/json",
        ...init.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
    const response = await emulator.fetch(request);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text) };
  };
  return {
    emulator,
    send,
    switch: async (switches) => {
      expect((await send("PUT", "/_emulator/switches", switches)).status).toBe(200);
    },
  };
}

/** What lies at a path of an answer's body. */
export function at(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<string | number, unknown> | undefined)?.[key],
    answer.body,
  );
}

function withOrganization(path: string, id: number): string {
  if (path.includes("orgId=")) return path;
  return `${path}${path.includes("?") ? "&" : "?"}orgId=${id}`;
}

function credential(path: string, suffix: string): string {
  if (path.startsWith("/scim/")) return `Bearer scim-${suffix}`;
  if (path.startsWith("/v1/")) return `Bearer token-${suffix}`;
  return `Basic ${btoa(`org-${suffix}:secret-${suffix}`)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
