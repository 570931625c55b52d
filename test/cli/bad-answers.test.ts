import { rewrite, type AnswerCase } from "./answers";
import { applyAsked } from "./asked-world";
import { projects, roleFamily, roles, secondLists } from "./role-answers";
import { groups, people } from "./scim-answers";

describe("whatever the other side answers, it is said, and nothing goes on a doubt", () => {
  const table = (whose: string, cases: readonly AnswerCase[]) =>
    cases.map(([what, ...rest]) => [`${whose}: ${what}`, ...rest] as const);

  it.each([
    ...table("people", people),
    ...table("groups", groups),
    ...table("roles", roles),
    ...table("the role API", roleFamily),
    ...table("second lists", secondLists),
    ...table("projects", projects),
  ])("%s", async (_, change, says, done, exitCode) => {
    const run = await applyAsked({}, ({ emulator }) => void rewrite(emulator, change));
    expect(run.all).toMatch(says);
    expect([run.done, run.exitCode]).toEqual([done, exitCode]);
  });
});
