#!/usr/bin/env node
import { program } from './program.ts';
import { fail, runCommand } from './run-command.ts';

program(process.argv.slice(2)).then(runCommand, fail);
