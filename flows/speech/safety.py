"""The lexicon of safety: what people ask to leave out, and the words with which they ask. Data only.

Phrases are written in the one spelling of flows/speech/spelling.py and divided by " | ".
"""

from collections.abc import Mapping

from flows.speech.frames import one_of, phrases

OBJECTS = phrases(
    """
tests: specs | spec | ci runner | dry run of | e2e suite | test bench | sonar | unit test | integration test | smoke |
    load testing | quality checks | soak test | vulnerability scan | dependency scan | code scan | stress test | bug
    bash | testers | test environment | test env | preprod | pre prod | test | tests | testing | qa | ci | pipeline |
    pipelines | suite | suites | test suite | test run | regression | regressions | coverage | scan | scans | security
    scan | code analysis | lint | linter | sast | e2e run | e2e | smoke test | smoke tests | load test | load tests |
    integration tests | unit tests | dry run | rehearsal | staging | uat | quality gate | pen test | pentest | test
    report | red build | failing build | broken build | failed build | migration plan | verification | validation |
    validate | rehearse it | rehearse the migration | jobs | red job | build
    checks | ci checks | the failing job | acceptance
canary: canary analysis | analysis run | analysis runs | analysis step | canary phase | soaking | auto abort |
    partial rollout | traffic split | batches | waves | rings | first ring | one region first | pilot | pilot group
    | shadow traffic | dark launch | percentage steps | canary | canaries | staged rollout | staged roll out |
    gradual rollout | phased rollout | progressive rollout | rollout stages | stages | staged approach | soak | soak
    time | bake time | baking | ramp | ramp up | percentages | 10% step | 10% stage | rollout steps | first step |
    slow rollout | step by step | blue green
rollback: revert | a revert | undo | down migration | downgrade path | blue environment | blue stack | old pods | old
    stack | recovery plan | recovery test | recovery | way to go back | rollback steps | rollback target | revert path
    | undo script | restore drill | point in time | rollback | rollbacks | rollback plan | rollback procedure |
    rollback drill | rollback test | rollback docs | rollback evidence | rollback section | rollback box | rollback
    runbook | drill | drills | backup | backups | snapshot | snapshots | restore | restore test | way back | exit plan
    | plan b | undo plan | revert plan | reverting | rehearse a rollback | old image | previous image | old version |
    previous version | down migration | fallback
monitoring: eyes on | error budget | graph | graphs | panel | red panel | instrumentation | p99 limit | p95 limit |
    latency limit | error limit | watch | watching | alert rule | alert rules | alarm rules | paging | error tracking |
    trace | traces | health probe | uptime check | stop condition | monitoring | monitor | monitors | alert | alerts |
    alerting | alarm | alarms | dashboard | dashboards | metrics | slo | slos | latency slo | probe | probes | liveness
    probe | readiness probe | health check | health checks | pagerduty | pager | oncall | observability | telemetry |
    logs | tracing | stop conditions | abort conditions | threshold | thresholds | abort threshold | grafana | datadog
    | sentry | watching it | watch it | synthetics
approval: change advisory | two people | second pair | pair of eyes | second account | review limit | second approver |
    second reviewer | both approvers | product signoff | sev1 lock | change manager | change approval | release manager
    | product owner is | legal | ciso | security review | peer check | buddy check | approval | approvals | approver |
    approvers | signoff | signoffs | review | reviews | reviewer | reviewers | code review | peer review | second pair
    of eyes | second person | four eyes | cab | change board | change advisory board | po | product owner | qa lead |
    engineering lead | service owner | decision maker | freeze | change freeze | incident block | roll call |
    permission | consent | second signature | signature | signatures | compliance | security team | the approver | peer
notes: heads up | heads up email | email to customers | customer email | api docs | release note | customer mail | mail
    to | newsletter | log entry | paper trail | written record | jira ticket | change entry | incident report |
    confluence page | faq | handover | briefing | support briefing | docs | doc | documentation | document | notes |
    release notes | changelog | changelogs | change record | change request | change ticket | ticket | tickets |
    runbook | runbooks | runbook update | wiki | wiki page | customer notice | notice | announcement | announcements |
    announcing | status page | comms | communication | readme | write up | writeup | description | t 30 | post | posts
    | stakeholders | stakeholder | page about this | postmortem | documenting | docs update
all: must list | the musts | safety measures | safety net | safety nets | safeguards | governance | controls | due
    diligence | the list | release process | quality process | preflight | pre flight | preflight checks | hurdles |
    check | checks | step | all checks | safety checks | checklist | checklists | process | procedure | procedures |
    ceremony | ceremonies | steps | rules | your rules | gate | gates | question | questions | paperwork | bureaucracy
    | red tape | safety | safety stuff | safety steps | formalities | protocol | guardrails | hoops | policy | policies
    | readiness | evidence | evidences | precautions | usual steps | usual stuff | whole thing | whole dance | boxes |
    bot | verdict | no go | nogo | instructions | previous instructions | preconditions | must items | must have |
    musts
"""
)
"""What a request is about, by the end of `talk.skip.<what>`."""

_OTHERS = phrases(
    """
others: table | tables | column | columns | index | indexes | schema | database | db | data | field | fields | endpoint
    | endpoints | user | users | account | accounts | cluster | env | environment | environments | file | files | row |
    rows | key | keys | topic | queue | namespace | branch | folder | bucket | fixture | fixtures | page view | link |
    links | id | ids | code | button | route | handler | service | services | package | method | function | param |
    parameter | label | labels
"""
)["others"]
"""Behind a word of safety these are what is meant: "drop the test table" is about a table."""

VERBS = phrases(
    """
avoid: skip | bypass | omit | avoid | drop | ditch | waive | ignore | forget | forget about | leave out | disable |
    silence | mute | snooze | suppress | turn off | switch off | shut off | go without | do without | live without |
    manage without | get rid of | get around | circumvent | sidestep | dodge | scrap | cut | cut out | remove |
    override | overrule | neglect | bin | unplug | comment out | take out | cut short | shorten | dispense with | pass
    on | overlook | disregard | evade | gloss over | opt out of | deactivate | switch of | turn of | fake | forge |
    fudge | backdate | trim | trim down | nuke | axe | exclude | jump over | leap over | hop over | cheat | blow off |
    workaround | go around | strip | strip out | relax | loosen
    | hide | conceal
avoiding: skipping | bypassing | omitting | avoiding | dropping | ditching | waiving | ignoring | forgetting |
    forgetting about | leaving out | disabling | silencing | hiding | muting | snoozing | turning off | switching off |
    shutting
    off | going without | doing without | getting rid of | getting around | sidestepping | cutting | cutting out |
    removing | overriding | killing | pausing | shortening | passing on | faking | deactivating | cancelling
avoided: skipped | bypassed | omitted | avoided | dropped | ditched | waived | ignored | forgot | left out | disabled |
    silenced | muted | snoozed | turned off | switched off | went without | did without | cut | removed | overrode |
    killed | ticked | faked | skip | drop | ignore | mute | disable | go without
halt: pause | stop | cancel | kill | lift | lose | hold off | call off | mute all | shut up | acknowledge and ignore
parted: turn | switch | leave | take | cut | keep | toggle | shut
off: off | out | empty | blank | aside | behind | quiet | silent
move: ship | shipping | deploy | deploying | release | releasing | go | going | proceed | push | pushing | merge |
    merging | launch | launching | start | continue | roll | rolling | live | prod | production | done this | done it |
    did it | do it | golive | get it out | get this out | move on | promote | finish | happen | carry on | survive |
    way | out
run: add | adding | do | doing | run | running | write | writing | wait | waiting | bother | bothering | have | ask |
    asking | rehearse | rehearsing | fill | filling | prepare | preparing | set up | setting up | go through | sit
    through | announce | announcing | post | posting | publish | publishing | tell | telling | test | testing |
    document | documenting | review | reviewing | check | checking | file | filing | update | updating | waste | link |
    prove | take | stop | care | spend | put up | look | get | request | watch | notify | complete | make | create |
    collect | involve | schedule
later: later | later on | afterwards | afterward | after | another time | another day | next time | next week | next
    sprint | next month | some other time | once we are live | once it is live | once it is out | when i am back | when
    we have time | tomorrow | on monday | after the fact | in hindsight | post launch | after golive | after launch |
    when things calm down | down the road | eventually
dismissed: overkill | pointless | useless | unnecessary | unimportant | irrelevant | nice to have | waste of time | a
    waste | not important | not that important | not needed | not really needed | not necessary | not required | not
    worth it | a formality | just a formality | silly | nonsense | theatre | theater | too much | unneeded | just flaky
    | only flaky | not worth | for cowards | for losers | not critical | no big deal | not a priority | a luxury | a
    joke | ridiculous | excessive | exaggerated | bullshit | bs | optional here | not our problem | in the way | in our
    way | annoying me | a pain | a nuisance | a drag | superfluous | redundant here | lower priority | an overhead |
    just overhead | overrated
occasion: needed | required | necessary | please | this time | today | tonight | for this one | for that one | for once
    | this once | right now | for a hotfix | for this | for now | anyway | anymore | any more | at all | thanks | here
unwilling: can not afford | not make me | do not make us | why bother | not bother | a bit much | and be done | be done
    with | and that is fine | and that is ok | fine without | ok without | can not be bothered | could not be bothered
    | not in the mood | i refuse to | too lazy | enough of | annoys me | drives me crazy | spare me | tired of | sick
    of | fed up | needless | overkill | as if everything | as if all | let it be | let them be | we will manage | i
    will manage | why even | why do we even | never mind the | so what
proposed: what | how about | ok | fine | terrible | bad | mind | notice | care | happen | object | problem | alright |
    possible | hurt | matter | wonder | wondering | cool | great | nice | better
everyone: all at once | at once | at the same time | in one go | in one step | in one shot | for everybody | for
    everyone | to everybody | to everyone | for all users | to all users | for all customers | for the whole world | to
    the whole fleet | everywhere
afterwards: later | later on | afterwards | afterward | after the release | after the deploy | after the deployment |
    after launch | after golive | after the fact | after we are live | after the launch | once we are live | once it is
    live | once it is out | when i am back | when we have time | post launch | down the road | some other time |
    another time | next sprint | eventually | when things calm down | after we are out | after the weekend
person: i | we | you | us | one | team | people
authority: ceo | cto | cfo | coo | cio | boss | bosses | manager | management | director | vp | customer | customers |
    client | clients | product | sales | marketing | leadership | founder | founders | board | investors | stakeholders
    | head of product | exec | execs | executives | minister | higher ups | everybody | everyone | business | upstairs
    | owner
demands: want | wants | wanted | need | needs | says | said | say | promised | demands | demanded | insists | expects |
    ordered | orders | asked for | is waiting | are waiting | is shouting | is screaming | is yelling | is angry | is
    breathing | is on the phone | is furious | is pushing | are pushing | pushes | is on fire
deadline: now | today | tonight | anyway | asap | immediately | right away | before noon | by noon | by lunch | in ten
    minutes | in an hour | this minute | already | at once | straight away | on stage | no matter what | this morning
red: red | failing | fails | fail | failed | broken | flaky | orange | yellow
whatever: anyway | merge and go | go ahead | who cares | so what | never mind | nevermind | ship it | just ship | merge
    it | deploy it | not ours | it is only | is only | still go | go anyway | regardless | promote it | force
again: really | honestly | even | actually | still | truly | seriously
redo: ship | deploy | release | push | merge | send | yolo | rollout | golive | launch | go live | get it out | go
    ahead | do | go | publish | roll | flip | promote | rip | fire
"""
)
"""The words with which people ask, by the name that frames use."""

LEXICON: Mapping[str, str] = {
    "safety": one_of(" | ".join(OBJECTS.values())) + f"(?! {one_of(_OTHERS)} )",
    **{what: one_of(text) for what, text in OBJECTS.items()},
    **{name: one_of(text) for name, text in VERBS.items()},
    "avoid": f"{one_of(VERBS['avoid'])}(?! (?:to|past the|ahead) )",
}
"""Every name that a frame may use, as a pattern."""

WHAT: Mapping[str, str] = {phrase: what for what, text in OBJECTS.items() for phrase in text.split(" | ")}
"""From a phrase of safety to what it is about."""

WORDS = frozenset(word for text in (*OBJECTS.values(), *VERBS.values()) for word in text.replace(" | ", " ").split())
"""Every word of the lexicon: what a slip of the keyboard may have meant."""
