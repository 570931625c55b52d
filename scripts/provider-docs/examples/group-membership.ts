import { Group, type AccessStack } from "amplitude-access";

export function declare(stack: AccessStack): void {
  new Group(stack, "agency-nova").member("jo@nova.agency");
}
