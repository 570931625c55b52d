export { notHeldAgainst, secondLists, unavailableTexts } from "./ask";
export { declaredSubjects, takenFrom, type Subject } from "./subject";
