"""What `python -m bot init` asks and says."""

SENTENCES = {
    "init.hello": "A few questions; Enter takes what stands in brackets. Nothing is written before the last answer.",
    "init.ask": "{question} [{default}] ",
    "init.ask_open": "{question} ",
    "init.platform": "Where does your team talk: slack, teams or both?",
    "init.zone": "In which time zone do releases take place (IANA name)?",
    "init.domains": "E-mail domains that single sign-on vouches for, with commas; by them accounts are linked to people",
    "init.person": "A person: id, name, e-mail, {accounts} (an empty line ends the list)",
    "init.account_slack": "Slack member id (U…)",
    "init.account_teams": "Entra object id",
    "init.role": "Who is {role} (ids, with commas; two or more)?",
    "init.service": "A service: id, tier 1-5, channel of the team, channel of the stakeholders (an empty line ends the list)",
    "init.wrong": "expected {expected}",
    "init.at": "{question}: expected {expected}, found {found}",
    "init.ended": "the answers end before the question: {question}",
    "init.one_of": "one of {options}",
    "init.a_zone": "an IANA time zone such as Europe/Berlin",
    "init.a_domain": "domains such as acme.example, separated by commas",
    "init.a_person": "an id of small letters and digits, a name, an e-mail and {count} account(s), separated by commas; "
    "e-mail and account may be empty",
    "init.new_person": "an id and accounts that were not given before",
    "init.more_people": "at least two people: nobody approves a release of their own",
    "init.known_people": "ids of people who were named: {known}",
    "init.a_service": "an id, a tier from 1 to 5 and two channels, separated by commas",
    "init.a_place": "a channel as {platforms}:id, since there are two platforms",
    "init.new_service": "an id that was not given before",
    "init.more_services": "at least one service",
    "init.exists": "{path} is there already; nothing was written. Choose another folder with --folder, or move the file away",
    "init.wrote": "wrote {path}",
    "init.next": "Next: {secrets}then see what lacks with `python -m bot doctor --env .env`, in this folder.",
    "init.next_slack": "put the token of the Slack app into secrets/slack_bot_token and its signing secret into "
    "secrets/slack_signing_secret; ",
    "init.next_teams": "put the client secret of the bot's registration into secrets/teams_app_password, and the ids of "
    "application and tenant into .env; ",
    "init.next_lines": "take the # from their lines in .env; ",
}
"""code -> sentence."""
