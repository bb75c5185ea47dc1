/** Runs the tool in this process, and leaves the largest size it had, in megabytes, in the file that the environment names. */
import { writeFileSync } from "node:fs";

// Before the tool, which ends the process when it is done.
process.on("exit", () => writeFileSync(process.env["RECKONER_BENCH_PEAK"] ?? "/dev/null", String(process.resourceUsage().maxRSS / 1024)));
const tool = new URL("../bin/reckoner.js", import.meta.url);
await import(tool.href);
