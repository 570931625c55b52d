import { count, percent } from "../schema";
import type { AccessStackProps } from "./access-stack-props";
import type { Declarations } from "./declarations";
import * as l1 from "./generated";
import { checked, checkedIfGiven, literal } from "./literal";
import { StackError, type Attempt } from "./stack-error";

/**
 * The provider block of a stack.
 *
 * @throws StackError when a property is wrong
 */
export function providerBlock(
  attempt: Attempt,
  { stack, people, projectIds }: Declarations,
  props: AccessStackProps,
): l1.AmplitudeProvider {
  const texts = (field: string, values: readonly string[] | undefined): string[] | undefined =>
    values?.map((value) => literal(checked(attempt, field, value)));
  const map = (field: string, values: Readonly<Record<string, number | string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, id]) => [
        literal(checked(attempt, field, name)),
        literal(checked(attempt, field, String(id))),
      ]),
    );
  const { owns = {}, minimumAdmins, breakGlass, operator } = props;
  const orgId = checked(attempt, "orgId", String(props.orgId));
  if (!/^[1-9][0-9]*$/.test(orgId)) {
    throw new StackError(
      attempt,
      `its orgId ${JSON.stringify(orgId)} is not a number`,
      "Amplitude shows it in Organization settings, General.",
    );
  }
  const { maximumRemovalPercent, maximumRemovals, maximumInvitations } = props;
  const numbers = { minimumAdmins, maximumRemovalPercent, maximumRemovals, maximumInvitations };
  for (const [name, value] of Object.entries(numbers)) {
    const type = name === "maximumRemovalPercent" ? percent : count;
    const wrong = value === undefined ? undefined : type.check(value);
    if (wrong !== undefined) throw new StackError(attempt, `its ${name} is wrong: ${wrong}`, "Correct it.");
  }
  people.allPresent({ ...attempt, what: "the break-glass accounts" }, "breakGlass", breakGlass ?? []);
  if (operator !== undefined) people.present({ ...attempt, what: "the operator" }, operator);
  Object.assign(projectIds, map("projectIds", props.projectIds ?? {}));
  const provider = new l1.AmplitudeProvider(stack, "Amplitude", {
    orgId,
    region: props.region,
    credentials: checkedIfGiven(attempt, "credentials", props.credentials),
    ownsGroups: texts("owns.groups", owns.groups),
    ownsGrantsOn: texts("owns.grantsOn", owns.grantsOn),
    ownsPeopleOf: texts("owns.peopleOf", owns.peopleOf),
    ...numbers,
    breakGlass: texts("breakGlass", breakGlass),
    operator: operator === undefined ? undefined : literal(operator),
  });
  // cdktf turns every key of a provider block into snake case, the keys of maps included; overrides are left as they are.
  if (props.roleIds !== undefined) provider.addOverride("role_ids", map("roleIds", props.roleIds));
  return provider;
}
