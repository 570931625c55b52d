export { discrepanciesOf } from "./discrepancies";
export type { Discrepancy } from "./discrepancy";
export { groupLists, groupListsText, groupText, hasOtherIds } from "./group-lists";
export { heldRole, isOfLeaver, restsOn } from "./rests-on";
export { ORGANIZATION_MEMBERS } from "./member-list";
