import { spawnSync } from "node:child_process";
import { existsSync, realpathSync, statSync } from "node:fs";

/** How a command that is not ours can be kept from the processes around it on this machine. */
export type Isolation = "bubblewrap" | "namespaces" | "none";

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Services that start processes outside for whoever asks: those would see what the command must not. */
const DOORS = [
  "dbus/system_bus_socket",
  "docker.sock",
  "containerd/containerd.sock",
  "podman/podman.sock",
  "systemd/private",
];
const SERVICES = [
  ...DOORS.flatMap((door) => [`/run/${door}`, `/var/run/${door}`]),
  "/run/user",
  "/run/snapd.socket",
];

/** Whether an isolation works here. One that is there may be forbidden: in a container, by AppArmor. */
export function works(isolation: Isolation): boolean {
  if (process.platform !== "linux") return isolation === "none";
  const [program, ...args] = isolated(["true"], isolation, []);
  return spawnSync(program, args, { stdio: "ignore", timeout: 5000 }).status === 0;
}

let found: Isolation | undefined;

/** The best isolation of this machine, tried once. */
export function isolationHere(): Isolation {
  return (found ??= (["bubblewrap", "namespaces"] as const).find(works) ?? "none");
}

/**
 * The command among no process but its own: in a namespace of processes with a /proc of its own, without any capability, away from files that
 * hold credentials and from services that would start something outside. Files and network are as they were.
 *
 * @param hidden files that are empty to it
 */
export function isolated(command: Command, isolation: Isolation, hidden: readonly string[]): Command {
  if (isolation === "none") return command;
  const closed = [...new Set([...hidden, ...SERVICES].filter(existsSync).map((path) => realpathSync(path)))];
  const folders = closed.filter((path) => statSync(path).isDirectory());
  const files = closed.filter((path) => !folders.includes(path));
  return isolation === "bubblewrap"
    ? bubblewrap(command, folders, files)
    : namespaces(command, folders, files);
}

/** https://github.com/containers/bubblewrap */
function bubblewrap(command: Command, folders: readonly string[], files: readonly string[]): Command {
  return [
    "bwrap",
    ...["--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"],
    ...folders.flatMap((path) => ["--tmpfs", path]),
    ...files.flatMap((path) => ["--ro-bind", "/dev/null", path]),
    ...["--unshare-user", "--unshare-pid", "--unshare-ipc", "--cap-drop", "ALL", "--die-with-parent", "--"],
    ...command,
  ];
}

/** With util-linux alone. What is mounted here stays: the command has no capability left to take it away. */
function namespaces(command: Command, folders: readonly string[], files: readonly string[]): Command {
  const script = [
    "set -e",
    'for path in "$@"; do shift; [ "$path" != -- ] || break; if [ -d "$path" ]; then mount -t tmpfs none "$path"; else mount --bind /dev/null "$path"; fi; done',
    'exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "$@"',
  ].join("\n");
  return [
    "unshare",
    ...["--user", "--map-root-user", "--mount", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc"],
    ...["sh", "-c", script, "sh", ...folders, ...files, "--"],
    ...command,
  ];
}
