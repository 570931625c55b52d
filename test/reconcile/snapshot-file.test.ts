import { parseSnapshot, snapshotText } from "../../src/reconcile";
import { digest, type Json } from "../../src/schema";
import type { Snapshot } from "../../src/collections";
import { harness } from "../support/harness";
import { organization as seeded } from "../support/organization";

const organization = { orgId: "7", host: "core.amplitude.com" };
const readAt = "2026-11-23T09:00:00.000Z";

/** A file as it is written, with a seal that fits. */
const sealed = (version: number, snapshot: Json): string => {
  const stated = { format: "amplitude-access/snapshot", version, organization, readAt, snapshot };
  return JSON.stringify({ ...stated, digest: digest(stated) });
};

const proof = {
  family: "management",
  collection: "module grants",
  requests: 1,
  rows: 1,
  startedAt: readAt,
  endedAt: readAt,
};
const grant = { id: "m1", principalType: "user", principal: "jo@nova.agency", projectId: "501", module: "x" };

/** As version 0.1 wrote it. */
const ofVersion1 = {
  people: [{ email: "jo@nova.agency", givenName: "Jo" }],
  groups: [],
  roles: [{ id: "r1", name: "Viewer", custom: false }],
  assignments: [],
  projects: [{ id: "501", name: "Web" }],
  management: {
    settings: { ssoEnforced: false, scimEnabled: true, mfaRequired: false, ipAllowlist: [] },
    members: [{ email: "jo@nova.agency", role: "member", status: "joined" }],
    projects: [{ id: "501", name: "Web", archived: false, addOns: ["govern"] }],
    moduleGrants: [grant],
    apiKeys: [{ id: "k1", type: "secret", label: "nova-sync", createdAt: readAt }],
  },
  userManagementGroupIds: [],
  proofs: [proof],
  families: ["management", "scim", "user-management"],
};

describe("a saved snapshot", () => {
  it("is read as it was written", async () => {
    const site = harness({ organization: seeded().people("jo@nova.agency").project("Web") });
    const read: Snapshot[] = [];
    await site.plan({ read: (snapshot) => (read.push(snapshot), snapshot) });
    for (const snapshot of read) {
      const saved = { organization, readAt, snapshot };
      expect(parseSnapshot(snapshotText(saved), "live.json", organization)).toEqual(saved);
    }
    expect(read).toHaveLength(1);
  });

  it("of version 1 is read with the rows that the management family serves", () => {
    const { snapshot } = parseSnapshot(sealed(1, ofVersion1), "live.json", organization);
    expect(snapshot.modules).toEqual([grant]);
    expect(snapshot.people).toEqual(ofVersion1.people);
    expect(snapshot.families).toEqual(ofVersion1.families);
  });

  it.each<[string, Json]>([
    ["nothing", {}],
    ["null", null],
    ["null for a part", { management: null }],
    ["text for a list", { ...ofVersion1, people: "none" }],
  ])("of version 1 that holds %s is refused", (_, snapshot) => {
    expect(() => parseSnapshot(sealed(1, snapshot), "live.json", organization)).toThrow(
      "Cannot use the snapshot live.json",
    );
  });
});
