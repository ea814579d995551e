#!/bin/sh
# Run once by the PostgreSQL image, when the database is made: the role that the bot serves with. `migrate --role t_minus` gives it
# its rights; it owns nothing, and cannot change the ledger.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
    --set password="$(cat /run/secrets/bot_password)" <<'SQL'
CREATE ROLE t_minus LOGIN PASSWORD :'password';
SQL
