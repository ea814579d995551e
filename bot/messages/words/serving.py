"""What the operator reads when the bot is started, and what a person reads when it takes long."""

SENTENCES = {
    "serve.restored": "The record was restored from a backup, and may have forgotten what was decided since. "
    "Look at what you know of this release, then resume it and give the go once more.",
    "serve.ready": "T-Minus serves {platforms} and listens on {host}:{port} (SIGTERM stops it)",
    "serve.no_platform": "no chat platform is configured. For Slack set T_MINUS_SLACK_BOT_TOKEN and "
    "T_MINUS_SLACK_SIGNING_SECRET (or T_MINUS_SLACK_APP_TOKEN with T_MINUS_SLACK_MODE=socket); for Microsoft Teams set "
    "T_MINUS_TEAMS_APP_ID, T_MINUS_TEAMS_APP_PASSWORD and T_MINUS_TEAMS_TENANT. To try the bot without an account anywhere: "
    "python -m bot sandbox",
    "serve.twice": "the platform {name} is joined twice",
    "serve.simulated": "T_MINUS_CLOCK: expected system: a bot that serves people runs on the machine's time; "
    "rehearse with python -m bot sandbox",
    "serve.sandbox": "T_MINUS_DATABASE_URL: expected a database of its own: this one belongs to a sandbox, and its releases "
    "are rehearsals",
    "serve.moved": "T_MINUS_DATABASE_URL: the record of this SQLite file was moved to another database and goes on there: name "
    "that one. Where the move broke off, run the same python -m bot move again",
    "move.from": "--from: expected the SQLite file of the bot, as sqlite:///var/t-minus.db",
    "move.to": "--to or T_MINUS_DATABASE_URL: expected the new database, as postgresql://owner@host/t_minus",
    "move.nothing": "--from: {path} is no database of the bot. Name its file, as sqlite:///var/t-minus.db; nothing was moved",
    "move.sandbox": "--from: expected the database of a bot that serves: this one belongs to a sandbox, and its releases are "
    "rehearsals",
    "move.unreachable": "{option}: the database does not answer ({error}). Nothing was moved; see whether it runs and whether "
    "the address is right, then run this again",
    "move.no_rights": "{option}: the role may not make the tables. Name the role that owns the database; the bot's own role "
    "gets its rights with --role",
    "move.not_empty": "--to: expected an empty database, found rows in the table {table}. Two records do not become one: "
    "name a new database. Nothing was moved",
    "move.gone": "--from: the record of this file went to another database at {at}, and goes on there. Name that one in "
    "T_MINUS_DATABASE_URL; nothing was moved",
    "move.unmovable": "the new database did not take a table as it is ({why}). Nothing was moved, and the bot serves from the "
    "file as before. python -m bot audit verify says whether the record is sound",
    "move.unsure": "the connection was lost while the move was being committed, so it may or may not stand. Run the same command "
    "again: it finds out, and ends what is left",
    "move.done": "moved, and read again row for row: releases: {releases}, entries of the ledger: {ledger}, posts and "
    "other work: {outbox}, notes of the chat platforms: {notes}. No bot serves from the file any more; "
    "keep it as a backup of this moment",
    "move.again": "this move was done before; nothing was changed",
    "move.next": "next: name the new database in T_MINUS_DATABASE_URL, leave the file of seals where it is ({seals}), "
    "run python -m bot audit verify, then python -m bot serve",
    "move.key": "the key that seals the record stays the same: T_MINUS_SEALING_KEY_FILE={path}",
    "serve.no_catalogue": "T_MINUS_CATALOGUE: expected a catalogue of services and people, and there is no file {path}. "
    "Write one with python -m bot init, or start from deploy/catalogue/demo.yaml",
    "serve.no_key": "T_MINUS_SEALING_KEY: expected a key of at least 32 characters: on PostgreSQL all replicas seal the ledger "
    "with one and the same key, which is kept away from the database",
    "serve.no_data": "T_MINUS_DATA_DIR: expected a folder that can be written, found {path}",
    "serve.no_port": "T_MINUS_PORT: expected a port that is free on {host}, found {port} ({why})",
    "serve.newer": "the database is at revision {revision}, which this version of the bot does not know: run the newer "
    "version, or go back as docs/how-to/upgrade.md says",
    "serve.no_rights": "the database is at revision {revision}, this version needs {head}, and the role of T_MINUS_DATABASE_URL "
    "may not change the schema. Run python -m bot migrate with a role that may",
    "serve.nothing_kept": "{path}: there is no database here; name one with --data or --database, or the settings of the bot "
    "with --env",
    "serve.unreachable": "T_MINUS_DATABASE_URL: the database does not answer ({error})",
    "talk.unconfirmed": "Not confirmed yet: this takes longer than usual, and it goes on. The answer follows as a direct "
    "message. If none comes within two minutes, see /release status before you repeat it.",
    "talk.late": "Your request of {at}, which took long:",
    "talk.late_form": "Your request of {at} took long, and a form answers it. Nothing was recorded: ask once more, please.",
    "talk.unsure": "The connection to the database was lost while this was being recorded, so it may or may not stand. See "
    "/release status before you repeat it; request id {request}.",
}
"""code -> sentence."""
