import { runCommand } from './run-command.ts';
import { startCommand } from './start/start-command.ts';

runCommand(startCommand());
