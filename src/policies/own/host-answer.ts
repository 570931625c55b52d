import type { PlaybookPolicy } from "../policy";
import type { Answer } from "./ask";

/** What the program that runs a policies file answers. */
export interface HostAnswer {
  /** What is wrong with the file's list. */
  readonly problems: readonly string[];
  readonly playbook: readonly PlaybookPolicy[];
  readonly answers: readonly Answer[];
}

/** Where the answer goes: what the file prints itself must not get into it. */
export const ANSWER_CHANNEL = 3;
