import type { AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  stack.organization({ mfaRequired: true });
}
