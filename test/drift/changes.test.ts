import { alertsIn, driftItems, type DriftItem } from "../../src/drift";
import { createEmulator, projectKeysText, syncChanges, uiChanges, type Seed } from "../../src/emulator";
import type { Base } from "../../src/reconcile";
import { harness, type Harness } from "../support/harness";
import { changeable, declared } from "./changeable";
import { uiRows } from "./page-rows";
import { apiRows } from "./route-rows";
import { syncRows } from "./sync-rows";

/** Once applied; every row begins here. */
let start: { readonly seed: Seed; readonly base: Base; readonly told: ReadonlySet<string> };
const world = (): Harness => {
  const site = harness({ organization: structuredClone(start.seed), stack: declared });
  site.base = start.base;
  return site;
};

beforeAll(async () => {
  const site = harness({ organization: changeable, stack: declared });
  const { after } = await site.apply();
  expect(after.plan.steps).toEqual([]);
  const quiet = await items(site);
  expect(quiet.filter(({ counts }) => counts)).toEqual([]);
  start = { seed: site.emulator.state(), base: site.base!, told: new Set(quiet.map(({ id }) => id)) };
});

async function items(site: Harness): Promise<readonly DriftItem[]> {
  const [plan, drift] = [await site.plan(), await site.drift()];
  const alerts = alertsIn(await site.events());
  return driftItems(drift, plan.steps, plan.live, { alerts, findings: [] });
}

/** What is told that was not told before, a line each: `added: eve on Web [no role → Admin] by priya@acme.com`; `listed` does not count. */
async function says(site: Harness): Promise<string[]> {
  const fresh = (await items(site)).filter(({ id }) => !start.told.has(id));
  return fresh.map(({ sort, what, by, rule, changed, counts }) => {
    const values = changed === undefined ? "" : ` [${changed.before} → ${changed.after}]`;
    const subject = rule ?? changed?.subject ?? what;
    return counts ? `${sort}: ${subject}${values} by ${by?.actor ?? "unknown"}` : `listed: ${sort} ${what}`;
  });
}

/** Somebody with the organization's credentials, and another client than ours. */
async function send({ emulator }: Harness, method: string, path: string, body: object): Promise<number> {
  const { scimKey, token, orgApiKey, orgSecretKey } = emulator.state().credentials;
  const keys = JSON.parse(projectKeysText(emulator.state())) as Record<string, Record<string, string>>;
  const basic = (pair: readonly (string | undefined)[]): string =>
    `Basic ${Buffer.from(pair.join(":")).toString("base64")}`;
  const authorization = path.startsWith("/scim/")
    ? `Bearer ${scimKey}`
    : path.startsWith("/v1/")
      ? `Bearer ${token}`
      : basic(
          path.includes("/taxonomy/")
            ? [keys["501"]?.["api_key"], keys["501"]?.["secret_key"]]
            : [orgApiKey, orgSecretKey],
        );
  // The taxonomy takes forms (https://amplitude.com/docs/apis/analytics/taxonomy).
  const isForm = path.includes("/taxonomy/");
  const headers = {
    authorization,
    "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
    "user-agent": "curl/8",
    "idempotency-key": "0123456789",
  };
  const text = isForm ? new URLSearchParams(Object.entries(body)).toString() : JSON.stringify(body);
  const init = { method, headers, ...(method === "DELETE" ? {} : { body: text }) };
  return (await emulator.fetch(new Request(`http://127.0.0.1${path}`, init))).status;
}

describe("what drift says of a change in Amplitude's pages", () => {
  it.each(uiRows)("%j", async (change, expected) => {
    const site = world();
    await site.ui(change);
    expect(await says(site)).toEqual(expected);
  });

  it("has a row for every change that the pages can make", () => {
    expect(new Set(uiRows.map(([{ type }]) => type))).toEqual(new Set(uiChanges));
  });

  it("cannot look once the SCIM key is another one, and says so", async () => {
    const site = world();
    await site.ui({ type: "change_scim", regenerateKey: true });
    await expect(says(site)).rejects.toThrow("Check that nobody regenerated the SCIM key");
  });
});

describe("what drift says of a change through an API", () => {
  it.each(apiRows)("%s, as %s %j", async (route, path, body, expected) => {
    const site = world();
    const status = await send(site, route.split(" ")[0]!, path, body);
    if (expected === "refused") expect(status).toBeGreaterThanOrEqual(400);
    else expect([status < 300, await says(site)]).toEqual([true, expected]);
  });

  it("has a row for every route that writes", () => {
    const writes = createEmulator(changeable).routes.filter(
      (route) => !/^GET | \/_emulator\/| \/api\/2\/audit-logs\//.test(route),
    );
    expect(new Set(apiRows.map(([route]) => route))).toEqual(new Set(writes));
  });
});

describe("what drift says of a sync of the identity provider", () => {
  it.each(syncRows)("that %s: %j", async (change, provider, expected, switches) => {
    const site = harness({
      organization: { ...structuredClone(start.seed), switches: { ...start.seed.switches, ...switches } },
      stack: declared,
    });
    site.base = start.base;
    const response = await fetchControl(site, "PUT", "idp", provider);
    expect(response.ok).toBe(true);
    const report = (await (await fetchControl(site, "POST", "idp/sync", {})).json()) as { changes: string[] };
    expect(report.changes).toContain(change);
    expect(await says(site)).toEqual(expected);
  });

  it("has a row for everything that a sync can change", () => {
    expect(new Set(syncRows.map(([change]) => change))).toEqual(new Set(syncChanges));
  });
});

async function fetchControl({ emulator }: Harness, method: string, route: string, body: object) {
  return await emulator.fetch(
    new Request(`http://127.0.0.1/_emulator/${route}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
}
