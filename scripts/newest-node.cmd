@echo off
rem On Windows the Node that is installed.
node %*
