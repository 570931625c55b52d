import { groupOf, isRefusal, type Effect, type Group } from "../../access";
import { touchedPeople } from "../step";
import type { Fact } from "./premise";
import type { PremiseInput } from "./premise-input";

/** Who is where at the identity provider, and what it sets for them: as far as somebody whom a step touches is in one of its groups. */
export function providerFacts({ steps, before, told }: PremiseInput, effects: readonly Effect[]): Fact[] {
  const groups = new Set<Group>();
  for (const email of touchedPeople(steps, before))
    for (const group of before.groupsOf(email)) groups.add(group);
  for (const effect of effects) {
    const found = "group" in effect ? groupOf(before, effect.group) : undefined;
    if (found !== undefined && !isRefusal(found)) groups.add(found);
  }
  const named = [...groups].sort((a, b) => (a.name < b.name ? -1 : 1));
  const provided = named.filter(({ writer }) => writer === "idp").map(({ name }) => name);
  const coming = effects.flatMap((effect) =>
    effect.type === "create_group" && effect.writer === "idp" ? [effect.name] : [],
  );
  return [
    ...provided.map((subject) =>
      fact(
        subject,
        "has the same people at the identity provider as here",
        "assumed",
        "until a step of its own is seen done",
      ),
    ),
    ...named.flatMap(({ name, writer }) =>
      writer === "unknown"
        ? [fact(name, "is written by no identity provider", "assumed", "no stack declares the group")]
        : [],
    ),
    ...(effects.some(({ type }) => type === "idp_lose") ? [deprovisioning(told.provided)] : []),
    ...[...new Set([...provided, ...coming])].map((name) => mapped(name, told.provided)),
  ];
}

function fact(subject: string, value: string, source: Fact["source"], from: string): Fact {
  return { topic: "identity provider", subject, value, source, from };
}

type Provided = PremiseInput["told"]["provided"];

function deprovisioning(provided: Provided): Fact {
  const said = provided.filter(({ deprovisions }) => deprovisions !== undefined);
  const saying = said.find(({ deprovisions }) => deprovisions === true) ?? said[0];
  const value =
    saying?.deprovisions === true
      ? "removes whom it takes out of their last group"
      : "removes nobody whom it takes out of their last group";
  return saying === undefined
    ? fact("the identity provider", value, "assumed", "no stack says `deprovisions`")
    : fact("the identity provider", value, "declared", saying.address);
}

function mapped(name: string, provided: Provided): Fact {
  const said = provided.find(({ group }) => group === name);
  const { organizationRole, projectRoles = new Map<string, string>() } = said?.mapping ?? {};
  const sets = [
    ...(organizationRole === undefined ? [] : [`${organizationRole} of the organization`]),
    ...[...projectRoles].sort().map(([project, role]) => `${role} on ${project}`),
  ];
  const known = { topic: "mapping" as const, subject: name };
  return said === undefined || sets.length === 0
    ? {
        ...known,
        value: "sets no role for its people",
        source: "assumed",
        from: "no stack declares a mapping",
      }
    : { ...known, value: `sets ${sets.join(", ")} for its people`, source: "declared", from: said.address };
}
