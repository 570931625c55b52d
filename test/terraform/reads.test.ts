import { readUnderLimit } from "../../scripts/bench/limited-reads";
import { organization } from "../support/organization";
import { stateFile } from "./state-file";
import { acceptance, Installation, Workspace } from "./workspace";

jest.setTimeout(240_000);

const GROUPS = 40;
const MEMBERS = 5;
const groupName = (index: number): string => `team-${index}`;
const member = (group: number, index: number): string => `m${group}-${index}@nova.agency`;

const seed = (() => {
  const built = organization().project("Web");
  for (let group = 0; group < GROUPS; group++) {
    built.group(
      groupName(group),
      Array.from({ length: MEMBERS }, (_, index) => member(group, index)),
    );
    built.grant(groupName(group), "Web", "Viewer");
  }
  return built.seed();
})();

interface Membership {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const memberships = Array.from({ length: GROUPS }, (_, group) =>
  Array.from({ length: MEMBERS }, (__, index): Membership => ({
    name: `g${group}_m${index}`,
    values: { group_id: String(601 + group), email: member(group, index) },
  })),
).flat();
const people = memberships.map(({ name, values }): Membership => ({
  name,
  values: { email: values["email"] },
}));

const hcl = (type: string, all: readonly Membership[]): string =>
  JSON.stringify({
    resource: { [type]: Object.fromEntries(all.map(({ name, values }) => [name, values])) },
  });

/** Pages of each list, as the emulator serves them. */
const PAGES = { groups: 1, people: Math.ceil((GROUPS * MEMBERS + 2) / 100) };

acceptance("reading many", () => {
  let installation: Installation;
  let site: Workspace;

  beforeAll(async () => {
    installation = new Installation().build();
    site = await Workspace.open({ installation, seed, attached: true });
    site.write("");
  });
  afterAll(async () => {
    await site.close();
    installation.remove();
  });

  /** A plan of what is there, and what it asked Amplitude. */
  async function planned(type: string, all: readonly Membership[]): Promise<string[]> {
    site.file("stack.tf.json", hcl(type, all));
    site.file("terraform.tfstate", stateFile(site.provider(), type, all));
    site.requests();
    await site.nothingToDo();
    return site.requests();
  }

  it(`asks for pages, not for ${GROUPS * MEMBERS} memberships`, async () => {
    const requests = await planned("amplitude_group_membership", memberships);
    expect(requests.length).toBeLessThanOrEqual(2 * Math.min(GROUPS, PAGES.groups) + 5);
  });

  it("asks for pages, not for people", async () => {
    const requests = await planned("amplitude_user", people);
    expect(requests.length).toBeLessThanOrEqual(2 * PAGES.people + 5);
    expect(requests.filter((request) => request === "GET /scim/1/Users")).toHaveLength(PAGES.people);
  });

  it("asks for one membership with one request", async () => {
    expect(await planned("amplitude_group_membership", memberships.slice(0, 1))).toEqual([
      "GET /scim/1/Groups/601",
    ]);
  });

  it("writes many members of one group at once with -parallelism=100, one after the other, and loses none", async () => {
    const added = people.slice(MEMBERS, 60).map(({ name, values }) => ({
      name: `new_${name}`,
      values: { group_id: "601", email: values["email"] },
    }));
    site.file("stack.tf.json", hcl("amplitude_group_membership", added));
    site.file("terraform.tfstate", stateFile(site.provider(), "amplitude_group_membership", []));
    site.requests();
    await site.apply("-parallelism=100");
    const patches = site.requests().filter((request) => request.startsWith("PATCH"));
    expect(patches.length).toBeLessThan(added.length / 4);
    const members = site.emulator.emulator.state().groups.find(({ id }) => id === 601)?.members ?? [];
    expect(members).toHaveLength(MEMBERS + added.length);
    await site.expect(0, "destroy", "-auto-approve", "-parallelism=100");
    expect(site.emulator.emulator.state().groups.find(({ id }) => id === 601)?.members).toHaveLength(MEMBERS);
  });
});

describe("reading very many, where answers are slow and requests are counted", () => {
  it("waits for the pages of the groups, not for their members", async () => {
    const { groups, requests, seconds } = await readUnderLimit(4000);
    expect(groups).toBe(200);
    const pages = groups / 100;
    // Each page of the list, one group singly beside each, and the one that is asked before anybody else waits.
    expect(requests).toBe(2 * pages + 1);
    expect(seconds).toBeCloseTo(requests * 0.05);
  });
});
