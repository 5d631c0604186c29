#!/usr/bin/env bash
# SLURM on this one machine, of Debian's slurm-wlm and munge, in a folder of its own: nothing of the system is configured.
# Needs root, as slurmd does.
#   slurm.sh start FOLDER [CPUS]   starts it; programs find it by SLURM_CONF=FOLDER/slurm.conf
#   slurm.sh stop FOLDER           ends it
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
command=${1:-} folder=${2:-}
[ -n "$folder" ] || { echo "slurm.sh start|stop FOLDER [CPUS]" >&2; exit 2; }

stop() {
  local name pid
  for name in slurmd slurmctld munged; do
    pid=$(cat "$folder/$name.pid" 2>/dev/null) || continue
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
}

# Something that has to be so within half a minute.
within() {
  local title=$1
  shift
  for _ in $(seq 150); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  echo "slurm.sh: $title within 30 s; see $folder/*.log" >&2
  stop
  exit 3
}

start() {
  local cpus=${3:-$(nproc)} host port
  host=$(hostname -s)
  mkdir -p "$folder"/{state,spool}
  folder=$(cd "$folder" && pwd)
  chmod 755 "$folder"
  # Two free ports, one after the other.
  port=$((20000 + RANDOM % 20000))
  dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none
  chmod 600 "$folder/munge.key"
  munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
  cat >"$folder/slurm.conf" <<CONF
ClusterName=sweep
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,batch_sched_delay=0
JobAcctGatherType=jobacct_gather/none
MaxArraySize=10001
# As many processors as are asked for, whatever the machine has.
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO
CONF
  export SLURM_CONF=$folder/slurm.conf
  slurmctld -f "$SLURM_CONF"
  slurmd -f "$SLURM_CONF"
  within 'no node is idle' bash -c 'sinfo -h -o %T | grep -q idle'
  echo "$folder/slurm.conf"
}

case $command in
start) start "$@" ;;
stop) stop ;;
*) echo "slurm.sh start|stop FOLDER [CPUS]" >&2; exit 2 ;;
esac
