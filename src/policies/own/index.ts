/** What a `policies.ts` imports: the playbook's rules, and how to make one's own. */
export {
  playbook,
  Policy,
  type AnyPolicy,
  type OwnPolicy,
  type PlaybookPolicy,
  type PlaybookSettings,
} from "../policy";
export type { Level } from "../rule";
export type { Subject, SubjectPerson, SubjectProject } from "../subject";
