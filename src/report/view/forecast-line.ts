import type { Forecast } from "../../reconcile";
import { counted, number } from "../count";

/** `81 requests, of which 6 write; about 1 minute at the limit; 30 of 100 a minute stay with the identity provider` */
export function forecastLine({ reads, writes, secondLists, perMinute, waitSeconds }: Forecast): string {
  return [
    `${counted(reads + writes, "request")}, of which ${number(writes)} write`,
    ...secondListText(secondLists),
    duration(waitSeconds),
    `${number(perMinute.identityProvider)} of ${number(perMinute.limit)} a minute stay with the identity provider`,
  ].join("; ");
}

/** `1 asks for a second list, of 1 group, before something is taken from it` */
function secondListText({ groups, projects, requests }: Forecast["secondLists"]): string[] {
  if (requests === 0) return [];
  const of = [
    ...(groups === 0 ? [] : [counted(groups, "group")]),
    ...(projects === 0 ? [] : [counted(projects, "project")]),
  ];
  return [
    `${number(requests)} ${requests === 1 ? "asks" : "ask"} for a second list of ${of.join(" and ")} before something is taken there`,
  ];
}

function duration(seconds: number): string {
  if (seconds === 0) return "no wait for the limit";
  const minutes = seconds / 60;
  if (minutes < 90) return `about ${counted(minutes, "minute")} at the limit`;
  return `about ${(minutes / 60).toFixed(1)} hours at the limit`;
}
