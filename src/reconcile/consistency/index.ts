export { discrepanciesOf } from "./discrepancies";
export { discrepancyNames, type Discrepancy, type DiscrepancyName } from "./discrepancy";
export { groupLists, groupListsText, groupText, hasOtherIds } from "./group-lists";
export { restsOn } from "./rests-on";
