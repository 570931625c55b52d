import { applyEffect, Draft, type Effect } from "../../src/access";
import { after, ana, analysts, base, contents, okta } from "./nova";

describe("a draft", () => {
  const everything: Effect[] = [
    { type: "invite", email: "tyra@nova.agency" },
    { type: "rename_person", email: "jo@nova.agency", names: { givenName: "Jo" } },
    { type: "create_group", name: "new" },
    { type: "rename_group", group: analysts, name: "agency-analysts" },
    { type: "add_member", group: analysts, email: "tyra@nova.agency" },
    {
      type: "grant",
      principal: { type: "group", group: { name: "new" } },
      projectId: "999",
      roleId: "r-admin",
    },
    { type: "remove_member", group: analysts, email: "ana@nova.agency" },
    { type: "idp_lose", group: okta, email: "jo@nova.agency" },
    { type: "revoke", principal: ana, projectId: "102" },
    { type: "set_organization_role", email: "ana@nova.agency", role: "admin" },
    { type: "create_project", name: "Web" },
    { type: "grant", principal: ana, projectId: "new:Web", roleId: "r-viewer" },
    { type: "grant_module", principal: ana, projectId: "new:Web", module: "govern_consumer" },
    {
      type: "grant_module",
      principal: { type: "group", group: analysts },
      projectId: "101",
      module: "experiment_admin",
    },
    { type: "rename_project", projectId: "new:Web", name: "Twin" },
    { type: "archive_project", projectId: "101" },
    { type: "create_key", label: "ingest", keyType: "project", projectId: "101", generation: 1 },
    { type: "setting", name: "mfa_required", value: "true" },
    { type: "setting", name: "mfa_required", value: "false" },
    { type: "delete_key", label: "ingest", keyType: "project", projectId: "101", generation: 1 },
    { type: "restore_project", projectId: "101" },
    { type: "revoke_module", principal: ana, projectId: "new:Web", module: "govern_consumer" },
    { type: "remove_person", email: "ana@nova.agency" },
    { type: "delete_group", group: analysts },
    { type: "delete_group", group: { name: "new" } },
  ];

  it("goes back to any moment, and on from there to the same end", () => {
    const draft = new Draft(base);
    const moments = everything.map((effect) => {
      const moment = { mark: draft.mark(), contents: contents(draft) };
      expect(applyEffect(draft, effect)).toBeUndefined();
      return moment;
    });
    const end = contents(draft);
    for (const [index, moment] of [...moments.entries()].reverse()) {
      draft.rollback(moment.mark);
      expect(contents(draft)).toEqual(moment.contents);
      for (const effect of everything.slice(index)) applyEffect(draft, effect);
      expect(contents(draft)).toEqual(end);
    }
  });

  it("never changes what it stands on, be it a draft itself", () => {
    const lower = after({ type: "add_member", group: analysts, email: "jo@nova.agency" });
    const [atBase, atLower] = [contents(base), contents(lower)];
    const upper = new Draft(lower);
    for (const effect of everything) applyEffect(upper, effect);
    expect(contents(upper)).not.toEqual(atLower);
    expect(contents(lower)).toEqual(atLower);
    expect(contents(base)).toEqual(atBase);
  });
});
