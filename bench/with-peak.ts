/** Runs the tool in this process, and leaves the largest size it had, in megabytes, in the file that the environment names. */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Before the tool, which ends the process when it is done.
process.on("exit", () => writeFileSync(process.env["RECKONER_BENCH_PEAK"] ?? "/dev/null", String(process.resourceUsage().maxRSS / 1024)));
const command = process.env["RECKONER_BENCH_COMMAND"];
const tool = command === undefined ? new URL("../bin/reckoner.js", import.meta.url) : pathToFileURL(command);
await import(tool.href);
