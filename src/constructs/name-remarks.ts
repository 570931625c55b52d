import { nameRemarks, type NamedThing } from "../schema/look-alike";
import type { Declarations } from "./declarations";
import type { Remark } from "./over-provisioning";

/** Names of one stack that a reader cannot tell apart, or that hide letters. */
export function lookAlikeNames(declared: Declarations): Remark[] {
  const named = (what: string, names: Iterable<string>): NamedThing[] =>
    [...names].map((name) => ({ what, name }));
  const names = [
    ...named("group", declared.groupNames()),
    ...named("project", declared.projects.keys()),
    ...named("person", declared.people.addresses()),
    ...named(
      "role",
      declared.grants.map(({ role }) => role.name),
    ),
  ];
  return nameRemarks(names, []).map((text) => ({ at: declared.stack, text }));
}
