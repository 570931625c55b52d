import { connected, failureOf } from "./connected";

const ours = { data: { principal: { org_id: "36958" }, org: { id: "36958", name: "Acme" } } };

describe("projects", () => {
  it("are followed from cursor to cursor, after the token's organization was looked at once", async () => {
    const { api, received } = connected(({ path, query }) => {
      if (path === "/v1/context") return Response.json(ours);
      return query["cursor"] === undefined
        ? Response.json({
            data: [{ id: "288501", name: "Production" }],
            pagination: { next_cursor: "c1", has_more: true },
          })
        : Response.json({
            data: [{ id: 288502, name: "Staging" }],
            pagination: { next_cursor: null, has_more: false },
          });
    });
    const projects = await api.projects();
    await api.projects();
    expect(projects.items).toEqual([
      { id: "288501", name: "Production" },
      { id: "288502", name: "Staging" },
    ]);
    expect(received.map(({ path }) => path)).toEqual([
      "/v1/context",
      ...Array<string>(4).fill("/v1/projects"),
    ]);
  });

  it("of another organization's token are not taken for ours", async () => {
    const { api, received } = connected(() => Response.json({ data: { org: { id: 1 } } }));
    const failure = await failureOf(api.projects());
    expect(failure.message).toContain("its token belongs to the organization 1, and the stack to 36958");
    expect(received).toHaveLength(1);
  });

  it("can be asked for again after the look at the token failed", async () => {
    const { api } = connected(({ path }, n) => {
      if (n === 1) return new Response(null, { status: 403 });
      return Response.json(
        path === "/v1/context" ? { org: { id: "36958" } } : { data: [], pagination: { next_cursor: null } },
      );
    });
    await expect(api.projects()).rejects.toMatchObject({ status: 403 });
    expect((await api.projects()).items).toEqual([]);
  });
});
