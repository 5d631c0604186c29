#!/usr/bin/env node
import { program } from './program.ts';
import { runCommand } from './run-command.ts';

runCommand(program());
