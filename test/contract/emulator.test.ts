import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Seed } from "../../src/emulator/index";

interface Pair {
  name: string;
  source: string;
  certainty: "documented" | "assumed";
  seed: Partial<Seed>;
  request: {
    method: string;
    path: string;
    query?: Record<string, string>;
    headers?: Record<string, string>;
    body?: unknown;
    form?: Record<string, string>;
  };
  response: { status: number; body?: unknown; exact?: boolean };
}

const folder = join(__dirname, "pairs");
const families = readdirSync(folder).map((file) => ({
  family: file.replace(".json", ""),
  pairs: JSON.parse(readFileSync(join(folder, file), "utf8")) as Pair[],
}));

const minimal: Seed = {
  format: "amplitude-emulator/1",
  organization: { id: 36958, name: "Contract", region: "us" },
  clock: "2026-11-23T09:00:00Z",
};
const credentials: Record<string, string> = {
  scim: "Bearer scim-us-36958",
  "user-management": `Basic ${btoa("org-us-36958:secret-us-36958")}`,
  "audit-log": `Basic ${btoa("org-us-36958:secret-us-36958")}`,
  developer: "Bearer token-us-36958",
  taxonomy: `Basic ${btoa("project-us-288501:project-secret-us-288501")}`,
  management: `Basic ${btoa("org-us-36958:secret-us-36958")}`,
};

describe.each(families)("the emulator keeps to what is written down of $family", ({ family, pairs }) => {
  it.each(pairs)("$name ($certainty)", async ({ seed, request, response }) => {
    const emulator = createEmulator({ ...minimal, ...seed });
    const query = request.query === undefined ? "" : `?${new URLSearchParams(request.query).toString()}`;
    const answer = await emulator.fetch(
      new Request(`https://core.amplitude.com${request.path}${query}`, {
        method: request.method,
        headers: {
          authorization: credentials[family]!,
          "content-type":
            request.form === undefined ? "application/json" : "application/x-www-form-urlencoded",
          ...request.headers,
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(request.form === undefined ? {} : { body: new URLSearchParams(request.form).toString() }),
      }),
    );
    const text = await answer.text();
    expect({ status: answer.status, text }).toMatchObject({ status: response.status });
    if (response.body === undefined) return;
    const body: unknown = JSON.parse(text);
    if (response.exact === true) expect(body).toEqual(response.body);
    else expect(body).toMatchObject(response.body as object);
  });

  it("names the source of every pair: Amplitude's own documentation, but for the family that it does not have", () => {
    const sources = family === "management" ? /^(?:playbook|ours)$/ : /^https:\/\/amplitude\.com\/docs\//;
    for (const pair of pairs) expect(pair.source).toMatch(sources);
  });
});
