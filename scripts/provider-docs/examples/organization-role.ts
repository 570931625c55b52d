import type { AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  stack.existing("tyra@nova.agency").organizationRole("manager");
}
