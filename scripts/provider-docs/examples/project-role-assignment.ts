import { Project, Role, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  const production = Project.named(stack, "Client Production");
  stack.existing("jo@nova.agency").may(Role.Member, production);
}
