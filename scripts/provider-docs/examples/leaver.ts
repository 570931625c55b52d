import type { AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  stack.left("ana@nova.agency", { on: "2026-11-23", ticket: "SEC-311" });
}
