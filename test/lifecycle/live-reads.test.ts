import { LiveReads } from "../../src/lifecycle/live-reads";
import { kindOf } from "../../src/resources";
import { connected } from "../api/connected";

const group = { id: "601", displayName: "nova", members: [{ value: "480000" }] };
const reads = (): LiveReads => {
  const { api } = connected(({ path }) =>
    path === "/scim/1/Groups"
      ? Response.json({ totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [group] })
      : Response.json(group),
  );
  return new LiveReads(api, { roleIds: {}, projectIds: {} });
};

describe("a group whose members SCIM lists by ids of nobody", () => {
  it("is not read as an empty one by what states its members", async () => {
    const kind = kindOf("amplitude_group");
    if (kind === undefined) throw new Error("no such kind");
    await expect(reads().around(kind, { name: "nova", members: [] }, "601")).rejects.toThrow(
      /SCIM lists a member of nova by 480000, which is no e-mail address/,
    );
  });

  it("is named all the same to whoever only asks for it", async () => {
    const live = await reads().whole(["groups"]);
    expect(live.group("601")?.name).toBe("nova");
  });
});
