import type { AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  stack.person("tyra@nova.agency", { givenName: "Tyra", familyName: "Olsen" });
}
