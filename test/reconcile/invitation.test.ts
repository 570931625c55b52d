import { harness, type Harness } from "../support/harness";
import { organization } from "../support/organization";
import type { StackContent } from "../support/stack-file";

type Resources = NonNullable<StackContent["resources"]>;

const tyra = "tyra@nova.agency";
const members = "/api/2/organizations/7/members";
const role: Resources = {
  "amplitude_organization_role.tyra": { email: "Tyra@nova.agency", role: "manager" },
};
const user: Resources = { "amplitude_user.tyra": { email: tyra, given_name: "Tyra", family_name: "Olsen" } };
const group: Resources = { "amplitude_group.nova": { name: "nova", members: [tyra] } };
const site = (resources: Resources, more: object = {}): Harness =>
  harness({
    organization: organization().project("Web").switches({ management: "served" }),
    stack: { resources },
    ...more,
  });
const rolesOf = ({ emulator }: Harness): string[] =>
  emulator
    .state()
    .people.filter(({ email }) => email.toLowerCase() === tyra)
    .map(({ email, organizationRole, givenName }) => [email, organizationRole, givenName].join(" "));

describe("an invitation carries the organization role", () => {
  it("of a person whom the stack invites, whatever the case of the e-mail, in one step and one request", async () => {
    const place = site({ ...user, ...role });
    const { outcomes, planned, after } = await place.apply();
    expect(outcomes).toEqual(["invite Tyra@nova.agency as manager of the organization: done"]);
    expect(place.writes()).toEqual([`POST ${members}`]);
    expect(planned.plan.invitations).toEqual(["Tyra@nova.agency"]);
    expect(planned.plan.steps[0]?.addresses).toEqual([
      "acme/amplitude_organization_role.tyra",
      "acme/amplitude_user.tyra",
    ]);
    expect(rolesOf(place)).toEqual(["Tyra@nova.agency manager Tyra"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("of a person whom a group would invite, before the group has them", async () => {
    const place = site({ ...group, ...role });
    const { after } = await place.apply();
    expect(place.writes()).toEqual(["POST /scim/1/Groups", `POST ${members}`, "PATCH /scim/1/Groups/631"]);
    expect(place.invitations()).toEqual(["Tyra@nova.agency"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("and the names, of a person whom a line invites and a group has too", async () => {
    const place = site({ ...group, ...user, ...role });
    const { after } = await place.apply();
    expect(rolesOf(place)).toEqual(["Tyra@nova.agency manager Tyra"]);
    expect(place.invitations()).toEqual(["Tyra@nova.agency"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("goes on with the person alone once the role's line is gone", async () => {
    const place = site({ ...user, ...role });
    await place.apply();
    place.stack({ resources: user }).forget();
    await place.apply();
    expect(place.writes()).toEqual([`PATCH ${members}/Tyra@nova.agency`]);
    expect(rolesOf(place)).toEqual(["Tyra@nova.agency member Tyra"]);
  });
});

describe("stays two steps", () => {
  it("for somebody who is there, invited or joined", async () => {
    const place = site(role);
    await place.ui({ type: "invite", email: tyra });
    const { outcomes } = await place.apply();
    expect(outcomes).toEqual([
      expect.stringMatching(/^Tyra@nova\.agency: organization role .*manager: done$/),
    ]);
  });

  it("without the management family: an invitation, and the role by hand", async () => {
    const place = site({ ...user, ...role }, { without: ["management"] });
    const { outcomes } = await place.apply();
    expect([...outcomes].sort()).toEqual([
      "Tyra@nova.agency: organization role manager: by hand",
      "invite tyra@nova.agency: done",
    ]);
  });
});

describe("on a bad network", () => {
  const struck = async (fault: object, before?: (place: Harness) => Promise<void>) => {
    const place = site({ ...user, ...role }, { timeoutMs: 80 });
    await before?.(place);
    await place.fault({ match: { method: "POST", path: members }, times: 1, fault });
    const applied = await place.apply();
    return { place, ...applied };
  };

  it.each([
    ["429", { type: "status", status: 429, retryAfter: 3 }, 2],
    ["503 before it took effect", { type: "status", status: 503 }, 2],
    ["503 after it took effect", { type: "status", status: 503, when: "after" }, 1],
    ["a reset before it took effect", { type: "reset" }, 2],
    ["a reset after it took effect", { type: "reset", when: "after" }, 1],
    ["a timeout after it took effect", { type: "timeout", when: "after" }, 1],
  ] as const)("%s: one person, one invitation, one role", async (_name, fault, posts) => {
    const { place, outcomes, after } = await struck(fault);
    expect(outcomes.filter((outcome) => !outcome.endsWith(": done"))).toEqual([]);
    expect(place.writes()).toEqual(Array(posts).fill(`POST ${members}`));
    expect(place.invitations()).toHaveLength(1);
    expect(rolesOf(place)).toEqual(["Tyra@nova.agency manager Tyra"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("somebody else invites the person meanwhile: the role is set, and nobody is invited twice", async () => {
    const place = site({ ...user, ...role });
    // What the plan read is as of before somebody else's invitation: of one list alone it would be a doubt, and nobody is invited on it.
    for (const path of ["/scim/1/Users", members])
      await place.fault({
        match: { method: "GET", path },
        times: 1,
        fault: { type: "stale-read", writes: 1 },
      });
    await place.ui({ type: "invite", email: tyra, givenName: "Tyra", familyName: "Olsen" });
    const { outcomes, after } = await place.apply();
    expect(outcomes).toEqual(["invite Tyra@nova.agency as manager of the organization: done"]);
    expect(place.invitations()).toEqual([tyra]);
    expect(rolesOf(place)).toEqual(["tyra@nova.agency manager Tyra"]);
    expect(after.plan.steps).toEqual([]);
  });

  it("somebody else gives them another role meanwhile: it is not written over", async () => {
    const place = site({ ...user, ...role });
    for (const path of ["/scim/1/Users", members]) {
      await place.fault({
        match: { method: "GET", path },
        times: 1,
        fault: { type: "stale-read", writes: 2 },
      });
    }
    await place.ui({ type: "invite", email: tyra, givenName: "Tyra" });
    await place.ui({ type: "set_organization_role", email: tyra, role: "admin" });
    const { results } = await place.apply();
    expect(results.map(({ outcome, said }) => [outcome, said])).toContainEqual([
      "failed",
      expect.stringContaining("and there is Tyra@nova.agency as admin now"),
    ]);
    expect(rolesOf(place)).toEqual(["tyra@nova.agency admin Tyra"]);
  });

  it("a refusal leaves it to the next run", async () => {
    const { place, outcomes } = await struck({ type: "status", status: 403 });
    expect(outcomes).toEqual([expect.stringMatching(/: failed$/)]);
    const { after } = await place.apply();
    expect(after.plan.steps).toEqual([]);
    expect(place.invitations()).toHaveLength(1);
  });
});
