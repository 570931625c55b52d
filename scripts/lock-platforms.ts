/**
 * Completes package-lock.json: `npm install` leaves out the optional packages of other platforms where the registry at hand does not
 * carry them, and `npm ci` then refuses the lock file. `npm run lock` installs, and adds what is missing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const packageSchema = z.looseObject({
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  dev: z.boolean().optional(),
  engines: z.unknown().optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), packageSchema) });

/** Optional packages that some package of the lock file names and that it has no entry for: place to entry. */
export function missingPlatforms(lock: z.infer<typeof lockSchema>): Record<string, object> {
  const missing: Record<string, object> = {};
  for (const { optionalDependencies = {}, dev, engines } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const [, os, cpu] =
        /-(darwin|linux|win32|android|freebsd|openbsd|netbsd|sunos|aix|openharmony)-([a-z0-9]+)(?:-[a-z]+)?$/.exec(
          name,
        ) ?? [];
      const place = `node_modules/${name}`;
      if (os === undefined || lock.packages[place] !== undefined) continue;
      missing[place] = {
        version,
        cpu: [cpu],
        os: [os],
        ...(dev === true ? { dev } : {}),
        optional: true,
        engines,
      };
    }
  }
  return missing;
}

/** The lock file of this repository. */
export function readLock(): z.infer<typeof lockSchema> {
  return lockSchema.parse(JSON.parse(readFileSync(lockFile, "utf8")));
}

const lockFile = join(__dirname, "../package-lock.json");

if (require.main === module) {
  const lock = readLock();
  const entries = Object.entries({ ...lock.packages, ...missingPlatforms(lock) });
  const packages = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(lockFile, `${JSON.stringify({ ...lock, packages }, undefined, 2)}\n`);
}
