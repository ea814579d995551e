"""Signs: words that ask for a shortcut only together, in any order, within a sentence or two (V2). Data only.

    [*] own unasked
    {safety} & {scorn}

Each part between "&" is a shape of flows/speech/frames.py; all of them have to be there. In brackets: what it is about, then
guards; `wide` lets the parts stand in two sentences that follow one another.
"""

from flows.speech.frames import Signs, one_of, phrases, signs
from flows.speech.safety import LEXICON as SAFETY

_WORDS = phrases(
    r"""
scorn: makes no sense | make no sense | meaningless | proves nothing | tells us nothing | shows nothing | will not tell
    us | just noise | is noise | only noise | pure noise | overkill | is enough | are enough | is sufficient | are
    sufficient | is plenty | enough documentation | enough monitoring | enough testing | enough review | enough proof |
    as good as none | only creates | only create | creates questions | creates work | in name only | come on | big deal
    | big companies | for banks | for nasa | for big | we are a startup | we are not nasa | we are not a bank | nobody
    else | no other team | other teams do not | other teams never | great in theory | nice in theory | good in theory |
    only in theory | too strict | too harsh | too picky | too sensitive | too tight | takes ages | takes forever |
    takes too long | too slow | too expensive | costs money | costs us | costs too much | is a joke | is boring | are
    boring | not worth | hardly worth | worthless | useless | pointless | superfluous | redundant | ridiculous | absurd
    | silly | nonsense | a drag | a pain | a chore | a nuisance | annoying | for auditors | for the auditors | for show
    | theatre | never helped | never finds anything | never finds | never found anything | never caught | never catches
    | never fails | never find | never needed it | never needed one | never needed them | never used | nobody uses it |
    nobody looks | nobody reads | nobody cares | who cares | no one cares | no one reads | not our problem | not my
    problem | not my job | not our job | somebody else is problem | old school | last century | stone age | self
    explanatory | speaks for itself | self documenting | is obvious | are obvious | got that covered | got it covered |
    got us covered | has that covered | nothing but | only slows | slows us | slow us | holds us | hold us | keeps us |
    costs a day | saves us | saves time | save time | saves a | would save us | cheaper without | faster without |
    better without | easier without | quicker without | fine without | ok without | good without | survive without |
    not bring | brings nothing | gives us nothing | adds nothing | no added value | no value | of no use | no big loss
    | no great loss
shove: , ship | , deploy | , promote | , merge | , go | , release | , push | , next item | , next question | , next | ,
    move on | and move on | , please continue | , continue | , proceed | , carry on | and proceed | let us proceed |
    let us go | let us move | let us ship | let us deploy | let us golive | let us release | let us merge | let us push |
    let us start | let us roll | let us just | just go | just ship | just deploy | just release | just merge | just push | just
    start | just roll | promote it | ship it | deploy it | merge it | push it | release it | roll it | ship v2 | we go
    live | go live without | so go | so ship | so deploy | please proceed | please go on | please continue | go on then
    | regardless | anyway , | whatever | never mind | so what | be done with it | and be done | call it done | call it
    a day | get it over | on we go | off we go | full steam | and off | and that is ok | and that is fine | that is ok
    | that is fine by me | can not wait | start anyway | starting anyway | i am starting | i am deploying | i will
    deploy | i will start | i start | we ship | we deploy | we release | we merge | we start now | we go | we are going
flaw: a little over | slightly over | a bit over | a tad over | just over | a bit high | slightly high | still describe
    | still describes | still says | is down | are down | was down | is broken | are broken | is red | are red |
    failing | fails | failed | been like that | is off | missing | not written | is not there | not finished | not
    ready | not done | not complete | incomplete | unfinished | outdated | out of date | old | stale | unrelated | not
    related | pending | still open | is open | not there yet | not yet | is empty | are empty | expired | not answering
    | does not answer | asleep | on holiday | on vacation | on leave | out of office | away | unreachable | in a
    meeting | sick | offline | got bumped | was bumped | fell through | was cancelled | was canceled | did not happen |
    never happened | did not run | not run | has not run | orange | yellow | amber | half done | half finished | not
    great | shaky | flaky | timed out | times out | crashed | stuck | hangs | is slow | ran out | without an owner |
    nobody has | no one has
after: when somebody asks | when someone asks | if somebody asks | if someone asks | when asked | on request | when it
    is calm | later phase | phase two | phase 2 | later on | afterwards | after golive | after we are live | after the
    deploy | after the deployment | after the release | after the launch | after launch | after it is live | once we
    are live | once it is live | once live | once it is out | once real | once users | once customers | once traffic |
    once it is in production | when customers complain | when users complain | when somebody complains | when someone
    complains | when something breaks | when it breaks | if something breaks | if it breaks | when it hurts | when
    needed | when we need it | if needed | if ever | some day | someday | one day | eventually | at some point | next
    sprint | next quarter | next release | next version | next iteration | next time | in the next | q1 | q2 | q3 | q4
    | in a follow up | follow up pr | follow up ticket | as a follow up | in version two | in v2 | when things calm
    down | when it is quiet | when there is time | when we have time | when i have time | when i get round | when i get
    to it | in production after | down the line | down the road | over coffee | in hindsight | retroactively | after
    the fact | post release | post deploy | post launch | backlog | on my list | on the list | my todo | the todo |
    todo list | another day | some other day | one of these days | after the weekend | after the holidays
do: add | do | write | run | make | check | fix | set up | have | put | document | test | watch | look | glance |
    deliver | delivered | executed | added | done | written | scheduled | planned | tested | catch up | sort | sort out
    | find out | see | handle | wire | wire up | hook up | build | finish | fill | think about | worry about | deal
    with | get | ask | collect | rehearse | practise | practice | follow | come | happen
unmade: not plan to | not planning to | no plans to | not intend to | not going to | not gonna | no intention | not
    about to | not see myself | rather not | would rather not | better not | not feel like | not in the mood | no wish
    to | not want to | rather accept no | rather have no | refuse to | not fancy | not bothering | not bother | can not
    be bothered | too lazy | do not make me | let us not | could we not | can we not | why not just not
make: write | run | do | make | have | test | rehearse | ask | wait | fill | document | set | add | one | it | that |
    them | post | announce | tell | notify | inform | prepare | watch | check | link | attach | sign
share: mention | tell | say | announce | log | write down | write it down | document | record | report | inform |
    notify | publish | share | note | disclose | advertise | put it in | write that | write this | put that in | bring
    up | flag it | talk about
anyone: anyone | anybody | anywhere | to anybody | to anyone | to customers | to support | to the customer | customers
    | support | the client | the team | the business | stakeholders | auditors | in the log | in the ticket | in the
    notes | in the docs | in the changelog | in the record | down | it
whole: all pods | all nodes | all servers | all regions | every region | all tenants | all users | all customers |
    every customer | everyone | everybody | everywhere | the whole fleet | the entire fleet | full traffic | all
    traffic | all the traffic | every request | all requests | the lot | both regions | all clusters | both clusters
    | all instances | all countries | all markets | all stores | all shops | 100% | 100 percent | 100
once: at once | in one go | same go | the same go | on day one | day one | from day one | straight | straight away |
    straight off | off the bat | right away | immediately | in one step | in one shot | simultaneously | together |
    at the same time | from the start | first thing | in parallel | directly | instantly | in a single step | one
    after the other takes | and watch | and see | and pray | and hope | all together
trifle: small change | tiny change | trivial change | minor change | one line | a one liner | one liner | two lines |
    log line | a typo | typo | a comment | only a | just a | it is only | it is just | cosmetic | simple change | very
    small | so small | that small | such a small | a text change | copy change | a config | config change | internal
    tool | internal only | nobody uses | few users | no users | low traffic | no traffic | nothing can | harmless | not
    risky | no risk | zero risk | low risk | a label | a color | a button | css | readme
doubted: really | actually | truly | honestly | even | worth | still | seriously | such | come on | that important |
    ever
hush: mute | silence | snooze | kill | disable | turn off | switch off | deactivate | unplug | acknowledge | close |
    hide | ignore | stop | pause | suppress | block | not page | not alert | not wake | not call | not ping | not
    notify
hushed: page | pages | paging | abort | auto abort | autoabort | auto rollback | automatic rollback | alarm | alarms |
    alert | alerts | panel | red panel | pager | probe | probes | monitor | monitors | warning | warnings |
    notification bot | watchdog | trigger | triggers | detector | check | checks | stop condition | stop conditions |
    sev1 | sev2 | incident | incidents | lock | block | blocker | freeze | anybody | anyone | somebody | oncall | gate
    | gates | guard | the guard | circuit breaker | breaker | canary analysis | analysis | escalation
softer: too strict | too low | too tight | too sensitive | too harsh | too high | make it | set it to | raise it | up
    it | double it | let us say | so it | so that it | until we are | keeps tripping | keeps firing | keeps failing |
    keeps blocking | keeps stopping | keeps complaining | it has been | been like | always red | always fires | noisy |
    whatever happens | no matter | tonight | for an hour | for the night | while we | until tomorrow | unrelated |
    annoying | it annoys | for now | just
"""
)
LEXICON = {**SAFETY, **{name: one_of(text) for name, text in _WORDS.items()}}

SIGNS: tuple[Signs, ...] = signs(
    r"""
[*] own unasked willing wide
{safety} & {flaw} & {shove}
[*] own willing wide
{safety} & <let us not | rather not | better not | no thanks | not today | not this time> <. | , | then | please | now | today>
{safety} & <nobody | no one | who> ~1 <reads | checks | uses | looks at | opens | needs | watches | wants | follows | cares about>
    <those | these | them | it | that | this | such>
[*] own unasked willing
{safety} & {scorn}
{safety} & {trifle} & <no | not | without | skip | needs | for a | for such | unneeded | necesary>
[*] own unasked
{safety} & {after} & <will | can | could | is | are | we | i | they | be | to be> ~2 {do}
{safety} & {unmade} ~2 {make}
rather ~3 no ~1 {safety}
no ~1 {safety} than
{safety} ~1 not <necesary | neccessary | neccesary | needed | nessecary | required>
{safety} & <not | no> <have | got> ~1 <\d+ | two | three | that much | so much> <hours | minutes | time | days | h |
    min>
[*] own
{safety} ~1 for <a | an | one | this | such> & {trifle} & <come on | seriously | really>
<is | are> ~4 {safety} & {doubted} ~2 <needed | necessary | required | worth | waiting | important>
<can | could | may | shall | should | let us | what if | why not | how about> & <move | go | ship | deploy | release |
    live | start | proceed | continue | merge | push | leave> & without <it | that | them | one | this | those>
<what if | how about | could | can | why not> ~3 <treat | treated | use | used | count | counted | call | called | take
    | took | consider> & {safety} & as <our | the | a> & <staging | dev | production | enough | done | canary |
    rollback | test>
[canary] own willing
<why not | can | could | let us | we will | i will | just | do | roll | flip | open | push | enable | send | route | will> &
    {whole} & {once}
<we will | i will | let us | just> ~1 <roll | open | push | release | ship | flip | enable | deploy> ~3 to <everyone |
    everybody | all>
<99% | 90% | 95%> ~2 <then | to> <100 | 100%>
[notes] own asking final
not ~2 {share} & {anyone}
let us not ~1 {share}
[monitoring] own willing open
{hush} ~4 {hushed} & {softer}
not <page | wake | call | ping | alert> <anybody | anyone | somebody | people | the oncall | oncall | me | us>
<who is | who will | nobody | no one> ~2 <watch | watching | looking | look> & <nobody | no one | ok | fine | so what |
    who cares>
<limit | threshold | slo | timeout | budget> ~3 <too strict | too low | too tight | too sensitive | too harsh> & <make
    | set | raise | let us | change | use>
[rollback] own willing asking
<drop | delete | remove | kill | destroy | tear down | clean up | purge> ~2 <old | blue | previous> ~2 & <same release
    | as soon as | right away | saves | costs | immediately | same deploy | at once | same migration | in one>
[approval] own willing asking
<get | ask | let | have | find> <any | some | an | a random | any random> ~1 <intern | colleague | student | one | body
    | developer | guy> ~1 <to | click | approve | sign | press>
<approver | reviewer | second reviewer | second approver> ~1 is <my | also me | me | myself>
<i am | and i am | i was> <the | also the> <author | requester> & <approve | lgtm | approved | good enough | ok |
    signoff>
<split | slice | cut | break> & <review limit | under the limit | below the limit | review threshold | without review |
    no review | under the review>
<slip | sneak | squeeze | rush | push | get | smuggle> <it | this> ~1 in & <before | freeze | notice | unnoticed |
    quick>
<one pair of eyes | one person | one reviewer | one approver | one approval | one signature | a single reviewer> ~1
    <should | will | must | is | has to> ~1 <do | enough | suffice | plenty>
<ignore | forget | bypass | unrelated> & <lock | freeze | sev1 | sev2 | incident> & <our fix | unrelated | so | anyway
    | not ours | or not>
[tests] own willing asking
<deploy | ship | release | push> ~1 from <my | a | his> <laptop | machine | branch | local | fork | own | box> <build |
    machine>?
[all] own willing asking
<less | more> <process | talk | bureaucracy | paperwork | rules | action | speed | delivery> & <more | less> <process |
    talk | delivery | speed | action | bureaucracy | shipping | doing>
make <it | this | that | everything | the gate | the card | verdict | the verdict | the check> <green | pass | go |
    happy | go away | ok> & <somehow | . | just | please | whatever | anyhow>
<force | admin | override | bypass | sudo | superuser | root> <flag | option | switch | mode | rights | button |
    command | parameter>
<let us | can we | could we | can you | could you | just | please | will | i | we | you | to | and | or | then | ,> force <push |
    merge | deploy | release | it>
^ force <push | merge | deploy | release | it>
<penalty | deadline | contract | launch | customer | demo | keynote | campaign | press | investors> & <but | though> &
    {safety}
""",
    LEXICON,
)
"""Tried behind every frame."""
