#!/usr/bin/env node
"use strict";

// Starts the native program of this platform, which is an optional package, with the same arguments, streams and exit code.
const { spawnSync } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "meshlint.exe" : "meshlint";

function find() {
  if (process.env.MESHLINT_BINARY) {
    return process.env.MESHLINT_BINARY;
  }
  try {
    return require.resolve(`@meshlint/cli-${platform}/${file}`);
  } catch {
    return null;
  }
}

const binary = find();
if (binary === null) {
  process.stderr.write(
    `meshlint: there is no native program for ${platform}: the optional package @meshlint/cli-${platform} is not installed ` +
      "(was npm told to leave optional packages out?); 'dotnet tool install MeshLint' runs anywhere\n"
  );
  process.exit(3);
}

const result = spawnSync(binary, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
if (result.error) {
  process.stderr.write(`meshlint: ${binary} could not be started: ${result.error.message}\n`);
  process.exit(3);
}
if (result.signal) {
  process.kill(process.pid, result.signal);
}
process.exit(result.status ?? 3);
