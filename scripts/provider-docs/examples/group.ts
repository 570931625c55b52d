import { Group, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  new Group(stack, "agency-nova-implementers", { members: ["jo@nova.agency"] });
}
