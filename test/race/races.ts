import type { Effect } from "../../src/access";
import { accessRaces } from "./access-races";
import { otherRaces } from "./other-races";
import type { Others, Race } from "./race";

/** Every effect that a step can have: what happens when others get in its way. */
export const races: Readonly<Record<Effect["type"], Race | Others>> = { ...accessRaces, ...otherRaces };
