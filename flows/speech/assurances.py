"""More frames of claims that prove nothing (Q7): a thing of evidence beside a word that measures nothing. Data only."""

from flows.speech.claims import LEXICON as CLAIM_WORDS
from flows.speech.frames import frames, one_of, phrases

_WORDS = phrases(
    """
noun: scenarios | cases | flags | feature flag | build | builds | night load | ops | alerting | alarm | alarms |
    observability | telemetry | coverage | test coverage | suite | e2e | unit tests | integration tests | smoke tests |
    smoke test | load test | load tests | manual testing | testing | drill | rehearsal | dry run | failover |
    switchover | cutover | replication | replica | connections | connection pool | pool | cache | hit rate | success
    rate | uptime | availability | window | plan | runbooks | docs | documentation | notes | release notes | changelog
    | diff | mr | pr | feedback | results | result | outcome | artifact | artefact | image | digest | package |
    container | chart | config | configuration | settings | secrets | certificate | certificates | dependencies |
    dependency | library | libraries | consumers | clients | downstream | upstream | teams | services | endpoint |
    endpoints | integration | frontend | backend | ui | box | host | hosts | machine | machines | instances | infra |
    infrastructure | network | quality | security scan | scan | scans | vulnerabilities | findings | security |
    signature | signoff | signoffs | approval | approvals | review | reviews | reviewers | freeze | slo | slos | budget
    | error budget | health checks | health check | probes | pager | oncall | toggle | toggles | toggling | feature
    toggle | kill switch | stage | step | first step | reverting | rolling back | going back | restoring | backfill |
    job | jobs | cron | batch | import | export | dump | snapshot | snapshots | index | indexes | locks | lock | table
    | tables | numbers | stats | kpis | conversion | saturation | cpu load | usage | ram | storage | space | threads |
    timeouts | retries | checks | check | gate | gates | stuff | setup | environment | staging db | production db |
    customers | users | qa run | uat | acceptance | validation | verification | hotfix | bug | bugs | bugfix |
    compatibility | api contract | contract | contracts | the change | this change | behavior | stability | reliability
    | build job | run | runs | test run | compliance | permissions | access | credentials | dns | load balancer | proxy
    | ingress | autoscaling | scaling | limits | quota | quotas | disks
noun2: coverage | tests | test suite | suite | monitoring | alerting | alerts | dashboards | dashboard | backups |
    backup | runbook | results | numbers | track record | margin | headroom | documentation | docs | review |
    performance | shape | feedback | capacity | memory | connections | space | disk | room | experience | traffic |
    load | resources | buffer | checks | logs | logging | metrics | visibility | support | people | replicas | nodes |
    pods | time | bandwidth | cpu | slack | reserves | redundancy | insight | confidence | data | evidence | staging
    results | hit rate | success rate | error rate | latency | response times
adj: good | decent | great | solid | high | nice | excellent | ok | strong | extensive | thorough | comprehensive |
    proper | broad | wide | reasonable | healthy | fine | low | small | sane | sound | positive | clean | adequate |
    stable | acceptable
enough: enough | sufficient | plenty of | plenty | ample | loads of | tons of | lots of | a lot of | adequate | more
    than enough | quite some | a fair amount of | quite a few | heaps of | a reasonable amount of | a good amount of |
    a decent amount of | some | several | a bunch of | sort of a | a kind of | some kind of | some sort of | all the
    usual | the usual | good enough
state: covered | up to date | in place | limited | contained | isolated | experienced | skilled | competent | careful |
    what you would expect | what we expect | what we would expect | where it should be | where they should be | recent
    enough | painless | set up | configured | ready | clean | met | green | right | correct | the right one | the
    correct one | fine | ok | intact | sorted | sorted out | taken care of | handled | under control | as they should
    be | as it should be | like the others | like the other ones | up to standard | up to scratch | up to our standard
    | up to our usual standard | similar enough | identical | comparable | similar | behaving | holding up | holding |
    happy | quiet | all quiet | calm | boring | uneventful | flawless | spotless | rapid | responsive | snappy | swift
    | crisp | impeccable | pristine | textbook | unlikely | remote | slim | next to nothing | next to none | zero
    basically | nothing special | nothing unusual | in the green | up and running | doing fine | doing well | doing
    great | doing ok | in good hands | good to go | close enough | near enough | fast enough | quick enough | stable
    enough | big enough | small enough | low enough | just a click | a click | one click | a click away | one click
    away | just a button | a matter of | a question of | just a matter of | just a redeploy | just a revert | child is
    play | as always | as usual | as before | same as always | same as before | same as last time | the same as last
    time | the same as before | the usual | no trouble | no big deal | not an issue | not a concern | not a worry | a
    non event | unaffected | untouched | unchanged | thorough | pretty thorough | sane | tight | tidy | all there | up
    to it | capable | well documented | well understood | well covered | well known | more or less | roughly | on track
    | looking good | looking fine | looking ok | going well | going fine | getting better | improving | way better |
    much better | a lot better | roughly met | kind of | sort of | so so | meh | not ideal
did: went well | went fine | went ok | went smoothly | went great | went through | went without | passed | worked |
    worked out | was fine | was ok | was good | was green | were green | were fine | did fine | did its job | did well
    | did the job | did the trick | behaved | survived | held | held up | came back clean | came back fine | came out |
    turned out | looked fine | looked ok | looked good | looked clean | looked normal | handled it | coped
ago: a while ago | some time ago | ages ago | long ago | a long time ago | a while back | some time back | last year |
    last spring | last summer | last autumn | last winter | months ago | weeks ago | a few weeks ago | a few months ago
    | days ago | a few days ago | back then | in the past | the other day | recently | earlier this year | last quarter
    | previously | not long ago | not that long ago | last time | last month | last week | when we last | when i last |
    in the last | last release | the last release | before | the previous release | once | at some point | earlier |
    the last few | the last couple | the other week
ones: usual ones | usual suspects | known ones | flaky ones | odd one | usual | known | few | couple | some | one or
    two | minor | flaky | handful | the usual noise | noise | flakes
soft: by and large | for the most part | in most cases | most of the time | if i remember right | if memory serves | i
    would say | i would think | i should think | when i last looked | last i checked | last i looked | last time i
    checked | last time i looked | when i looked | when i tried | when i checked | as per usual | as far as i can see |
    as far as i can judge | or so | or something | or similar | or thereabouts | if i am not mistaken | unless i am
    mistaken | i am told | i was told | i heard | i have heard | they say | reportedly | allegedly | apparently | word
    is | so they say | so i hear | to some extent | in some way | somehow | verbally | orally | off the top of my head
    | from memory | ballpark | roughly speaking | at first glance | at a glance | on the whole | all in all | touch
    wood | knock wood | i am fairly | i am quite | i am pretty | feels like | i feel like | i have the feeling | i have
    the impression | my impression | we trust | i trust | i do not expect | we do not expect | do not think | not that
    i know | not that i am aware | not that we know | not to my knowledge | not aware of any | can not think of | can
    not recall | not remember any | i take it that | one would hope | let us hope | we are hoping | i am hoping | ask
    anyone | everyone knows
someone: someone | somebody | some people | one of us | one of the guys | one of them | people | folks | some folks | a
    guy | some guy | the guys | platform guys | infra folks | a few people | some of us | a friend | another team | the
    other team | anyone | anybody | kai or lena
nod: thumbs up | a thumbs up | the nod | a nod | a look | a glance | a quick look | a brief look | blessing | their
    blessing | his blessing | her blessing | green light | the green light | the ok | an ok | their ok | a once over |
    a quick once over | a spin | a whirl | a quick test | a quick check | a quick try
praise: flat | low | short | small | bored | light | idle | informed | unchanged | comparable | on standby | about the
    same | the same | safe | normal | constant | steady | stable | minimal | tiny | happy | quiet | healthy | level |
    fine | good | ok | moderate | harmless | nothing | manageable | slim | modest | rare | fresh | valid | complete |
    consistent | clean | fast | quick | known | understood | in line | in shape | balanced | warm | empty
manner: nicely | fast | quickly | smoothly | happily | steadily | reliably | cleanly | comfortably | instantly |
    quietly | safely | beautifully | perfectly | flawlessly | wonderfully | without a hitch | without problems |
    without trouble | without issues | without drama | in no time | like clockwork
spoken: verbally | orally | over the phone | on the phone | over coffee | in the corridor | in the hallway | in passing
    | by word of mouth | over lunch | at lunch | in a call | on a call | in the standup | in the daily | in the kitchen
    | at the coffee machine
"""
)
LEXICON = {
    **CLAIM_WORDS,
    **{name: one_of(text) for name, text in _WORDS.items()},
    "noun": f"(?:{CLAIM_WORDS['thing']}|{one_of(_WORDS['noun'])})",
    "sure": rf"(?:{CLAIM_WORDS['good']}|{one_of(_WORDS['state'])})",
}

ASSURANCES = frames(
    r"""
[hedge]
{soft}
{likely}
<should | ought to> <all | still | just | then | also>? <match | go | be | have | know | see | get | do | hold | stay |
    notice | page | reach | apply | exist | contain | cover | include | take>
^ <i | we> <do not | did not> <think | believe | expect | remember | recall>
[claim]
{noun} ~4 {be} <{very}>? <{very}>? {sure}
{noun} ~2 {did}
{noun} , {sure}
^ {noun} <\? | ,> <not many | not much | same | like | the usual | fine | good | ok | covered | sure | easy | some>
^ <not | hardly | barely | next to> <many | much | any | none | a lot | that many | so many>
^ <very | pretty | quite | fairly | really>? {adj} {noun2}
<have | has | had | got | there is | there are | with | showed | shows | gives | see | saw> <got>? <{very}>? {adj} ~1
    {noun2}
<have | has | got | there is | there are | handles | handle | takes | carries | survived | saw | seen | on> <got>?
    <{very}>? {enough} ~1 {noun2}
{noun} <has | have> <got>? ~1 {enough}
<hardly | barely | almost no | practically no | next to no | close to no | scarcely> <any | a>? <{trouble} | {noun} |
    change | changes | traffic | users>
<has | have | did> <not | hardly | barely> <change | changed> <much | a lot | really | since>?
{who} ~2 {nod}
<gave | give | gives | given | got | had | took> ~3 {nod}
{nod} , {spoken}
<agreed | approved | ok | okayed | yes | fine | confirmed | signed | said | discussed> ~3 {spoken}
<basically | practically | pretty much | more or less | as good as | kind of | sort of | virtually | all but |
    effectively | essentially | nearly | almost> <signed | approved | agreed | done | ready | reviewed | confirmed |
    clean | green | tested | the same | identical | complete | finished | hidden | covered | equal | unchanged | no |
    zero | all | passed | there | rehearsed>
<same | similar | identical | comparable | just like> <as | to | like | enough> ~1 <last | before | always | usual |
    the last | the previous | the other | staging | production | what>
<done | tested | rehearsed | drilled | tried | restored | practised | practiced | exercised | ran | did | checked |
    reviewed | verified | worked | restored it | reverted> ~4 {ago}
{ago} ~~ {did}
^ <tested | checked | verified | reviewed | rehearsed | documented | monitored | covered> <thoroughly | properly | well
    | carefully | extensively | manually | locally | a lot | enough | already | by hand | inside out | to death |
    quite>
<thoroughly | carefully | extensively | properly | heavily | well> <tested | checked | verified | reviewed | rehearsed
    | documented | monitored | covered | understood>
<apart from | except for | except | other than | aside from | besides | bar | save for | minus> ~2 {ones}
<only | just | mostly> <{very}>? <flaky | minor | small | cosmetic | tiny | known | old | the usual> <stuff | ones |
    things | issues | failures | tests | bugs | errors | warnings | findings>
, otherwise <all>? {sure}
<a few | a couple | one or two | a handful | some> <are | were>? <left | to go | remaining | still flaky | flaky>
<most | the majority | the bulk | almost all | nearly all | almost everything | nearly everything | practically
    everything | many> <of>? ~2 {noun} ~1 <{be} | pass | passed | passes | ran>
<most | the majority | the bulk | almost all | nearly all | almost everything | nearly everything | practically
    everything> <of>? ~3 <passed | passes | green | done | works | worked | fine | ok>
<can | could | will | would> not <possibly | really | ever | even> ~2 <fail | break | go wrong | hurt | happen | notice
    | feel | matter | lose>
<will | would> not <notice | feel> ~2 <it | a thing | anything | the difference | . | that>
<hard to see | difficult to imagine | hard to imagine | no way | no chance> ~2 <break | breaks | fail | fails | go
    wrong | goes wrong | anything | that | it>
<always | never> <works | worked | fails | failed | breaks | broke | goes well | went well | was a problem | been a
    problem | a problem | had to | needed>
<can | could> always <go back | revert | rollback | undo | restore | switch back | fix>
always <someone | somebody | people> ~2 <around | there | watching | awake | online | available>
{someone} <is | are | will be> ~1 <around | watching | oncall | on duty | available | awake | there | on it |
    monitoring>
{someone} <will | would> ~1 <notice | watch | keep an eye | look | check | see | react | monitor | know | handle>
{someone} <has | have | had | already>? <tested | tried | checked | looked | reviewed | verified | set | made | wrote |
    signed | did>
<some | an older | a | the> <wiki | doc | runbook | script | document | page> ~2 <somewhere | exists | existed | about>
{noun} ~3 somewhere
<on | in> <someone is | somebody is | my> <laptop | machine | head | box>
<compiles | builds | runs | works | passes | passed | starts> ~3 {place}
<ran | did | tried | run | executed | clicked> <a few | some | a couple of | several | a bunch of | a handful of | a
    quick> <quick>? ~1 <tests | checks | queries | requests | test | check | clicks | runs | scenarios>
<we | i | someone | somebody | users | customers | support | they | people | everyone> <would | will> <quickly | soon |
    surely | immediately | definitely>? <notice | see it | hear about | find out | spot it | complain | call us | call
    | shout | scream | tell us | let us know>
<knows | know> <what | how | the system | it> ~1 <he is | she is | they are | to | by heart | inside out | well> ~1
<worked | passed | ran | was fine | was green> <when | on> <i | we | my> ~1
<ready | done | finished | complete> <from | on> <our | my> <side | end>
<handles | handle | handled> <it | load | traffic | everything | that> <well | fine | ok | nicely | easily>
<usually | normally | generally | typically | mostly> ~2 <works | work | pass | succeed | hold | passes | fine | ok |
    takes | goes | recovers | green | quick |
    fast>
{sure} <from | on> <our | my> <side | end>
<within | in> <expectations | the expected range | tolerance | reason | budget | line>
<nothing | no one | nobody> ~1 <stands out | jumps out | depends on | uses | changed | touches | relies on> ~2
<all | everything> <quiet | calm | smooth | normal | as usual | well | green | there | set | in place>
<\d\S*> <something | ish | or so | odd>
<or yesterday | or the day before | or maybe | or thereabouts | or whatever>
<close to | near | practically> <zero | nothing | none | perfect>
<takes | took | take | lasts | needs | within | done in> ~1 <roughly | some | a few | a couple of | not long | no time
    | not much | a moment | only a few | just a few | a little> ~1 <minutes | seconds | hours | moments | while | time
    | long | bit | .>
{noun} ~3 {manner} <. | , | and | so | on | in | now | too | again>
<the | our | it | that | this> ~2 {manner} <. | , | and | so>
<is | are | was | were | has been | have been | been> <tested | rehearsed | verified | validated | checked | practised
    | drilled | documented> <. | , | well | and | too | before | already | enough>
<takes | took | take> <no | little | hardly any | almost no | next to no> time
<knows | know | heard | is aware | are aware> <about it | of it | about this | of this | about the change | of the
    change>
know ~4 <inside out | by heart | well | back to front>
<will | would | should> <hardly | barely | scarcely | never> ~1 <notice | feel | see | affect | matter | change>
<is | are> ~1 <experienced | skilled | competent | professionals | pros | a pro | an expert | experts>
still <works | there | runs | holds | valid | applies>
{noun} {be} <{very}>? {praise} <. | , | and | so | at | for | on>
<everyone | everybody | support | customers | users | ops | they | stakeholders | all teams | the teams | product |
    sales> <is | are> <{very}>? <informed | aware | happy | ready | on standby | on board | in the loop | told | fine |
    prepared | relaxed | ok>
<support | ops | qa | everyone | everybody | customers | they | stakeholders | the team> <knows | know> <. | , |
    already>
^ no <serious | critical | open | new | bad | big | relevant | real>? <blockers | findings | tickets | complaints |
    vulnerabilities | bugs | criticals | regressions | surprises | objections | news> <. | , | from | so far | at all |
    yet | in>
not <move | change | drop | rise | grow | increase | degrade | spike | budge | differ> <. | , | much | noticeably |
    really | a lot | at all>
nothing ~1 <alarming | worrying | scary | surprising | remarkable | noteworthy | severe | concerning | suspicious |
    dramatic | bad | odd>
<behaves | behave | acts | performs | runs | looks | feels | works | worked> ~1 like <before | always | usual | the old
    | last | any>
{noun} <works | work | exist | exists | behaves | behave | passed | pass | passes | ran through | run through | went
    through | held | coped | cope | recovers | recovered | fires | fire | respond | responds> <. | , | and | already |
    again>
{noun} ~1 <stayed | stays | remained | remain | kept | keeps> ~1 {praise}
<can | could> ~1 <be flipped | be turned | be switched | be toggled | be disabled | be undone | go back | revert |
    rollback | switch back | turn it off> ~2 <any time | anytime | quickly | easily | at once | if needed | if
    necessary | if need be | . | instantly>
<can | could> not hurt
would <catch | detect | show | spot | warn | flag> ~1 <it | that | us | anything | this | something>
i <saw | have seen | remember seeing> ~3 <green | passing | working | fine | ok | success>
<customers | users | clients | people> <do | will | would> not <mind | care | notice | complain>
a <very | really | pretty>? <safe | easy | harmless | low risk | riskless | routine | standard | boring | simple>
    <change | release | fix | deploy | deployment | update | migration | one | thing>
<{praise}> <at | around> <that time | that hour | night>
<we | they> <had | have> a <chat | talk | word | discussion> ~2 <about it | . | and>
<is | are | was | were | went | all | everything> ~1 back to normal
^ <was | is | were | looked | looks | went | ran | runs | works | worked | felt | feels> <{very}>? <{good}>
<i | we> <think | believe | guess | hope | suppose | reckon | assume | would say | imagine | should think> so .
^ <yes | yeah | yep | sure | ja> <,>? <i | we> <think | believe | guess | hope | suppose | reckon | assume> so
<under | with> <high | heavy | considerable | serious | big | some> <load | traffic | pressure> <at times | now and then |
    sometimes | occasionally | often | . | in the | on>
^ it <compiles | builds | starts | boots | comes up | links> <. | , | so | and>
{noun} <are | is | stay | stayed | look | were | was | remain>? ~1 <within | inside | in> <the | our>? <limits | range |
    bounds | spec | specs | expected range | normal range | tolerance>
<we | i | they | he | she | qa | dev | devs | team | everyone | have | has | been | was | were> ~1 <tested | checked | verified |
    reviewed | rehearsed | validated | exercised> <it | this | that | everything>? <extensively | thoroughly | carefully |
    properly | intensively | heavily | to death | inside out | from top to bottom | up and down>
<behaves | behaved | performs | performed | runs | ran | looks | went | responds | reacts | everything | all> <as expected | as
    intended | as designed | as it should | as they should | as planned | as hoped>
takes ~1 a <while | bit | moment> to <rollback | restore | recover | revert | switch back | go back | undo>
<rollback | restore | revert | recovery | failover> <takes | took | needs> ~1 a <while | bit | moment>
<ran | did | had | tested | tried | rehearsed | used | made | saw> ~1 <similar | comparable> <drill | test | restore | rollback |
    migration | release | change | setup | thing | exercise | deployment | load>
<smooth sailing | clean bill | flying colors | flying colours | smell test | no news is good news | business as usual |
    nothing new | in good hands | no cause | standard stuff | standard procedure | the usual stuff | the usual way |
    the usual procedure | same procedure | same old | as per usual | like always | as always | touch wood | smooth as |
    green across the board | all over it | on top of it>
""",
    LEXICON,
)
"""Shapes of assurances; tried behind those of claims."""
