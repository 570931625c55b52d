import { ensure } from "../../src/api/ensure";
import { ApiFailure, type Happened } from "../../src/api/failure";

const failed = (happened: Happened, status?: number): ApiFailure =>
  new ApiFailure(
    "POST /scim/1/Groups",
    "scim",
    `h answered ${status ?? "nothing"}`,
    "Do something.",
    happened,
    status,
  );

const conflict = failed("no", 409);
const refused = failed("no", 403);
const lostAnswer = failed("maybe");

/** Answers in turn: a name, or a failure. */
function inTurn(answers: readonly (string | undefined | Error)[], log: string[], what: string) {
  const rest = [...answers];
  return () => {
    log.push(what);
    if (rest.length === 0) throw new Error(`Nobody expected ${what} again.`);
    const answer = rest.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
}

describe("bringing one object about", () => {
  it.each<
    [string, (string | Error)[], (string | undefined | Error)[], { how: string; value: string }, string[]]
  >([
    ["created at once", ["new"], [], { how: "created", value: "new" }, ["create"]],
    ["exists, equal", [conflict], ["new"], { how: "found", value: "new" }, ["create", "look up"]],
    [
      "exists, and the refusal says 400",
      [failed("no", 400)],
      ["new"],
      { how: "found", value: "new" },
      ["create", "look up"],
    ],
    [
      "exists, and the refusal says 422",
      [failed("no", 422)],
      ["new"],
      { how: "found", value: "new" },
      ["create", "look up"],
    ],
    [
      "exists, different",
      [conflict],
      ["old"],
      { how: "updated", value: "new" },
      ["create", "look up", "update"],
    ],
    [
      "the answer got lost, and it is there",
      [lostAnswer],
      ["new"],
      { how: "found", value: "new" },
      ["create", "look up"],
    ],
    [
      "the answer got lost, and it is there, different",
      [lostAnswer],
      ["old"],
      { how: "updated", value: "new" },
      ["create", "look up", "update"],
    ],
    [
      "a 500, and nothing is there",
      [failed("maybe", 500), "new"],
      [undefined],
      { how: "created", value: "new" },
      ["create", "look up", "create"],
    ],
    [
      "the request got lost",
      [lostAnswer, "new"],
      [undefined],
      { how: "created", value: "new" },
      ["create", "look up", "create"],
    ],
    [
      "the first came late, after the look-up",
      [lostAnswer, conflict],
      [undefined, "new"],
      { how: "found", value: "new" },
      ["create", "look up", "create", "look up"],
    ],
    [
      "both answers got lost",
      [lostAnswer, lostAnswer],
      [undefined, "new"],
      { how: "found", value: "new" },
      ["create", "look up", "create", "look up"],
    ],
  ])("%s", async (_, creates, lookUps, result, steps) => {
    const log: string[] = [];
    const ensured = await ensure<string>({
      create: inTurn(creates, log, "create") as () => Promise<string>,
      lookUp: inTurn(lookUps, log, "look up"),
      equal: (found) => found === "new",
      update: () => {
        log.push("update");
        return Promise.resolve("new");
      },
    });
    expect(ensured).toEqual(result);
    expect(log).toEqual(steps);
  });

  it.each<[string, Error[], (string | undefined | Error)[], object, string[]]>([
    ["a refusal is not looked into", [refused], [], { status: 403, said: refused.said }, ["create"]],
    [
      "exists, and cannot be found",
      [conflict],
      [undefined],
      { status: 409, happened: "no", said: "h answered 409; a look-up finds nothing of that key" },
      ["create", "look up"],
    ],
    [
      "the look-up fails, too: nobody knows",
      [lostAnswer],
      [new Error("GET: 503")],
      { happened: "maybe", said: "h answered nothing; looking it up failed: GET: 503" },
      ["create", "look up"],
    ],
    [
      "lost twice, and nothing is there",
      [lostAnswer, lostAnswer],
      [undefined, undefined],
      {
        happened: "maybe",
        said: "h answered nothing; this was the second attempt, and a look-up finds nothing of that key",
      },
      ["create", "look up", "create", "look up"],
    ],
    [
      "lost, then refused",
      [lostAnswer, refused],
      [undefined],
      { status: 403 },
      ["create", "look up", "create"],
    ],
  ])("fails when %s", async (_, creates, lookUps, failure, steps) => {
    const log: string[] = [];
    const ensuring = ensure<string>({
      create: inTurn(creates, log, "create") as () => Promise<string>,
      lookUp: inTurn(lookUps, log, "look up"),
      equal: () => true,
      update: (found) => Promise.resolve(found),
    });
    await expect(ensuring).rejects.toMatchObject(failure);
    expect(log).toEqual(steps);
  });

  it("passes on what is no failure of the API", async () => {
    const wrong = new TypeError("a mistake of ours");
    const lookUp = (): Promise<undefined> => Promise.reject(new Error("Nobody expected a look-up."));
    await expect(
      ensure({
        create: () => Promise.reject(wrong),
        lookUp,
        equal: () => true,
        update: () => Promise.reject(wrong),
      }),
    ).rejects.toBe(wrong);
  });
});
