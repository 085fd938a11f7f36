#!/bin/sh
# Write one backup of a copy into a folder:  DATABASE_URL=… INSTANCE_PATH=… deploy/backup.sh /backups
# Safe while Paydaş runs. What it writes opens nobody's personal link without the SECRET_KEY:
# keep that apart, and keep it, because without it links in letters already sent are dead.
set -eu
folder=${1:?which folder?}
stamp=$(date +%Y%m%d-%H%M%S)
umask 077
mkdir -p "$folder"
instance=${INSTANCE_PATH:-instance}
case ${DATABASE_URL:-} in
postgres*)
    pg_dump --format=custom --file="$folder/paydas-$stamp.dump.new" "$DATABASE_URL"
    mv "$folder/paydas-$stamp.dump.new" "$folder/paydas-$stamp.dump"
    ;;
*)
    file=${DATABASE_URL:-sqlite:///$instance/paydas.sqlite}
    python3 - "${file#sqlite:///}" "$folder/paydas-$stamp.sqlite" <<'PYTHON'
import os, sqlite3, sys
source, target = sys.argv[1:]
if not os.path.exists(source):
    sys.exit(f"there is no database at {source}")
with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as live:
    with sqlite3.connect(f"{target}.new") as copy:
        live.backup(copy)
copy.close()
os.replace(f"{target}.new", target)
PYTHON
    ;;
esac
echo "$folder/paydas-$stamp.*"
