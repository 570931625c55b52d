import { confirmationOf } from "../../src/reconcile";
import type { Seed } from "../../src/emulator";
import { harness, type Harness } from "../support/harness";
import { organization, today } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Attributes = Readonly<Record<string, unknown>>;
type Resources = NonNullable<StackContent["resources"]>;

const seed: Seed = {
  ...organization()
    .people("jo@nova.agency", "ana@nova.agency", "sync@acme.com")
    .switches({ management: "served" })
    .seed(),
  projects: [{ id: 501, name: "Web", addOns: ["govern"] }],
};
const daysAgo = (days: number): string =>
  new Date(Date.parse(today) - days * 24 * 60 * 60 * 1000).toISOString();
const key = (more: Attributes = {}): Attributes => ({
  key_type: "secret",
  project_id: "501",
  label: "sync",
  generation: 1,
  ...more,
});
const stack = (attributes: Attributes, more: Resources = {}, facts?: object): StackContent => ({
  resources: { "amplitude_api_key.sync": key(attributes), ...more },
  ...(facts === undefined ? {} : { more: { locals: { amplitude_access: { version: 1, ...facts } } } }),
});
const states = async (site: Harness): Promise<unknown[]> =>
  (await site.plan()).keys.map(({ state, because }) => [state, ...because]);

describe("by schedule", () => {
  it.each<[string, number, string, Attributes?]>([
    ["project", 334, "fresh"],
    ["project", 335, "soon"],
    ["project", 364, "soon"],
    ["project", 365, "due"],
    ["govern", 364, "soon"],
    ["govern", 365, "due"],
    ["secret", 149, "fresh"],
    ["secret", 150, "soon"],
    ["secret", 180, "due"],
    ["organization", 59, "fresh"],
    ["organization", 89, "soon"],
    ["organization", 90, "due"],
    ["secret", 180, "fresh", { rotate_every: "365 days" }],
    ["project", 30, "due", { rotate_every: "30 days" }],
    ["project", 0, "soon", { rotate_every: "1 day" }],
  ])("a %s key of %i days is %s", async (type, age, state, more = {}) => {
    const ofOrganization = type === "organization";
    const scope = type as "secret";
    const live = { id: "key-9", label: "sync", scope, projectId: ofOrganization ? null : 501 };
    const site = harness({
      organization: { ...seed, apiKeys: [{ ...live, createdAt: daysAgo(age) }] },
      stack: stack({ key_type: type, project_id: ofOrganization ? null : "501", ...more }),
    });
    expect((await site.plan()).keys).toMatchObject([{ state, change: "generation: 1 -> 2" }]);
  });

  it("is told by the plan with the line to change, and changes nothing else", async () => {
    const live = { id: "key-9", label: "sync", scope: "secret" as const, projectId: 501 };
    const site = harness({
      organization: { ...seed, apiKeys: [{ ...live, createdAt: daysAgo(200) }] },
      stack: stack({}),
    });
    const { after } = await site.apply();
    expect(after.plan.steps).toEqual([]);
    expect(after.plan.notes).toEqual([
      "secret key sync of Web, generation 1: due, because it is older than 180 days. acme/sync (acme/amplitude_api_key.sync): generation: 1 -> 2.",
    ]);
    const made = await harness({ organization: seed, stack: stack({}) }).plan();
    expect(made.plan.notes.join()).not.toContain("due");
  });

  it("counts from somebody's word where no API tells when a key was made", async () => {
    const site = harness({ organization: organization().project("Web"), stack: stack({}) });
    const { plan } = await site.plan();
    const [step] = plan.steps.filter(({ actor }) => actor === "hand");
    const word = confirmationOf(step!, "7", { by: "priya@acme.com", on: daysAgo(180) });
    await site.apply({ confirmations: [word] });
    expect((await site.plan({ confirmations: [word] })).keys).toMatchObject([{ state: "due" }]);
    expect((await site.plan()).keys).toMatchObject([{ state: "age unknown" }]);
  });
});

const left = { "amplitude_leaver.ana": { email: "ana@nova.agency", left_on: "2026-11-20" } };
const nova = (until: string) => ({
  agency: "Nova",
  domains: ["Nova.agency"],
  sow: "SOW-1",
  dpa: "DPA-1",
  owner: "priya@acme.com",
  from: "2026-01-01",
  until,
});
const knows = { known_to: ["Ana@nova.agency"] };
const gone = (how: string): unknown[] => [["due", `ana@nova.agency, who knows it, ${how}`]];

describe("because somebody who knew it goes", () => {
  it.each<[string, StackContent, unknown[]]>([
    ["they left", stack(knows, left), gone("left")],
    ["somebody else left", stack({ known_to: ["jo@nova.agency"] }, left), [["fresh"]]],
    [
      "their only line has ended",
      stack(knows, { "amplitude_user.ana": { email: "ana@nova.agency", expires_at: "2026-11-20" } }),
      gone("has no line any more that has not ended"),
    ],
    [
      "one of their lines has ended, and another has not",
      stack(knows, {
        "amplitude_user.ana": { email: "ana@nova.agency" },
        "amplitude_project_role_assignment.ana": {
          ...{ principal_type: "user", principal: "ana@nova.agency", project_id: "501", role: "Viewer" },
          expires_at: "2026-11-20",
        },
      }),
      [["fresh"]],
    ],
    [
      "their agency's engagement has ended",
      stack(knows, {}, { engagements: { nova: nova("2026-11-20") } }),
      gone("worked for the engagement nova, which has ended"),
    ],
    [
      "one engagement of their agency has ended, and another runs",
      stack(knows, {}, { engagements: { nova: nova("2026-11-20"), more: nova("2027-11-20") } }),
      [["fresh"]],
    ],
    ["they were never here", stack({ known_to: ["max@else.org"] }), [["fresh"]]],
  ])("%s", async (_, content, expected) => {
    const site = harness({ organization: seed, stack: stack({}) });
    await site.apply();
    expect(await states(site.stack(content))).toEqual(expected);
  });

  it.each([
    ["who saw it", { known_to: ["ana@nova.agency"] }],
    ["who uses it", { owners: ["ana@nova.agency"] }],
  ])("they are removed outside of code: %s", async (_, attributes) => {
    const site = harness({ organization: seed, stack: stack(attributes) });
    await site.apply();
    await site.ui({ type: "remove_person", email: "ana@nova.agency" });
    expect(await states(site)).toEqual(gone("is not in the organization any more"));
  });

  it("though the key has another address since", async () => {
    const site = harness({ organization: seed, stack: stack(knows) });
    await site.apply();
    site.stack({ resources: { "amplitude_api_key.moved": key(), ...left } });
    expect(await states(site)).toEqual(gone("left"));
    await site.apply();
    expect(Object.keys(site.base?.entries ?? {})).toContain("acme/amplitude_api_key.moved");
    expect(await states(site)).toEqual(gone("left"));
  });

  it("their line is taken away, and code removes them: also in later runs", async () => {
    const ana = { "amplitude_user.ana": { email: "ana@nova.agency" } };
    const site = harness({ organization: seed, stack: stack(knows, ana) });
    await site.apply();
    await site.stack(stack(knows)).apply();
    expect(site.people()).not.toContain("ana@nova.agency");
    await site.apply();
    expect(await states(site)).toEqual(gone("is not in the organization any more"));
  });

  it("though the line forgot who knew it; the next generation they do not know", async () => {
    const site = harness({
      organization: seed,
      stack: stack({ known_to: ["ana@nova.agency", "jo@nova.agency"] }),
    });
    await site.apply();
    const since = { known_to: ["jo@nova.agency"] };
    await site.stack(stack(since)).apply();
    expect(site.base?.entries["acme/amplitude_api_key.sync"]?.knowing?.people).toEqual([
      "ana@nova.agency",
      "jo@nova.agency",
    ]);
    await site.stack(stack(since, left)).apply();
    expect(await states(site)).toEqual(gone("left"));
    await site.stack(stack({ ...since, generation: 2 }, left)).apply();
    expect(await states(site)).toEqual([["fresh"]]);
  });
});
