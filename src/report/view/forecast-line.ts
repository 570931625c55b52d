import type { Forecast } from "../../reconcile";
import { counted, number } from "../count";

/** `81 requests, of which 6 write; about 1 minute at the limit; 30 of 100 a minute stay with the identity provider` */
export function forecastLine({ reads, writes, perMinute, waitSeconds }: Forecast): string {
  return [
    `${counted(reads + writes, "request")}, of which ${number(writes)} write`,
    duration(waitSeconds),
    `${number(perMinute.identityProvider)} of ${number(perMinute.limit)} a minute stay with the identity provider`,
  ].join("; ");
}

function duration(seconds: number): string {
  if (seconds === 0) return "no wait for the limit";
  const minutes = seconds / 60;
  if (minutes < 90) return `about ${counted(minutes, "minute")} at the limit`;
  return `about ${(minutes / 60).toFixed(1)} hours at the limit`;
}
