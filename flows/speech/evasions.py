"""Frames of how people talk round a step (V2): less of it, something instead, behind backs, after the fact. Data only."""

from flows.speech.frames import frames
from flows.speech.shortcuts import LEXICON

EVASIONS = frames(
    r"""
[approval] willing asking own
<rubber stamp | rubberstamp | on behalf of | in the name of>
my name ~4 <as | for | into | under> ~3 {approval}
<lift | suspend | interrupt | unlock> ~2 <freeze | lock | block> ~3 <for | so | quick | quickly | briefly | just |
    early | now | please | until>
<auto approve | autoapprove | approve automatically | approve by default | by proxy | as proxy>
<approved | reviewed | checked | signed> ~1 myself <,>? ~2 <must | should | has to | will have to | is enough | will do
    | that is | good enough>
without <asking | her ok | his ok | their ok | permission>
<would | will> <approve | agree | signoff | say yes> ~1 <anyway | eventually | afterwards | later>
[canary] willing asking own
<baby steps | band aid | bandaid | floodgates | go wide | full monty | creep up | creeping up | tiptoe | tiptoeing |
    drip feed>
<shorten | shorter | halve | cut | trim | compress> ~3 {canary}
<merge | combine | collapse | fold> ~3 <stages | steps> ~2 <into one | together | into a single>
<why> <creep | so slow | so slowly | tiptoe | crawl>
do ~5 <in | at> <the>? <one go | same go | one step | one shot>
all at once <please | , | then | today | now>
[canary] willing asking own final
<ramp | open | turn | crank | dial | scale | move | bring | let> <it | this | that | us> ~1 <up | out | loose>? <to |
    on> <everyone | everybody | all | 100 | 100% | full>
[canary] own
as <our | the> canary
<why not | how about | what about> ~1 <all | every | everyone | everybody> ~3 <once | now | together | directly | in
    one go>
[rollback] willing asking own
<cross that bridge | burn the | burn our | play it by ear | improvise> ~4
<figure | work | sort> <it | that | something> out <when | if | then | as we go | on the fly | on the day | at that
    point>
never ~4 and never will
<will | would | shall | going to> <not | never> ~1 <ever | never>? ~1 roll <it | this | that> back
<no | never> <going | going back | turning> <back | from here>
<restore | revert | rollback | undo> <it>? <somehow | by hand if | when it comes | if it comes>
[monitoring] willing asking own
<ship | deploy | start it | start | launch | release | push | kick it off | roll | fire> ~5 <and | then> ~2 <go home |
    go to bed | log off | call it a night | go to lunch | grab lunch | head home | go to sleep | leave it | leave for |
    forget>
<fire and forget | set and forget | unattended | unsupervised | unwatched | run overnight alone>
<users | customers | support | clients> <will | would | can | shall | do> ~1 <tell us | let us know | call | shout |
    scream | be our monitoring | report it> ~~ <no | not | so | enough | without | skip>
<no | without> ~1 <babysitting | handholding | staring | baby sitting>
<not | nobody> ~2 <stare | staring> ~2
not ~1 need ~1 eyes on
[notes] willing asking own
keep <it | this | that> ~1 <quiet | secret | silent | internal | under wraps | low key | between us | off the books |
    unannounced>
<stealth | stealthily | silent release | silent deploy | silent update | in the dark | hush hush | under the carpet |
    under the rug | behind their back | without telling | without informing | without notifying | without announcing |
    without mentioning | without a word | off the books>
{avoid} <telling | informing | announcing | documenting | posting | notifying | writing | publishing | mentioning |
    emailing>
<customers | users | support | they | people | stakeholders | legal | nobody | sales> <do | does | need> not ~1 <need
    to | have to | must>? know
<commit messages | commit message | commits | diff | code | title | mr | mr title | ticket title | git log | git
    history> ~1 <is | are | documents | document | says | say> ~2 <documentation | docs | enough | itself | themselves
    | it all | everything>
[tests] willing asking own
<qa | testers | users | customers | they | we | you | people> ~2 <test | try | look at it | check it | verify | find
    bugs | validate | find out> ~3 <on | in> <production | live>
<users | customers | clients | people> ~4 <our testers | the testers | be testers | best testers | test it for us | our
    qa | guinea pigs | beta testers | the best test>
<our | my> own <qa | tester | testers>
<only | just> ~1 <run | do> ~2 {tests} ~2 <this time | today | now | instead | please | and go>
<run | do> <only | just> ~3 {tests}
<half | part | a third | a sample> of ~2 {tests}
round <it | that | them> up
<set | put | change | bring | take | turn> ~3 <coverage | minimum | pass mark | gate | coverage minimum> ~2 to <\d+%? |
    zero>
<known bug | known bugs | red check | red build | red pipeline> ~4 <ship | merge | go | anyway | deploy | and go>
[*] willing asking own
<instead of | in place of> <a | the | all | another | yet | full | proper | real | waiting | running | doing | writing>
    ~2 {safety} ~~ <just | let us | can we | i will | ok | enough | do | anyway>
<call | consider | count> ~2 {safety} <done | good | passed | complete | finished | ok | a day>
^ <please | just>? <say | write | put | note | record | log> <that>? ~1 {safety} ~1 <was | were | is | passed | done |
    ran | happened | went>
{launch} ~2 with ~2 {open} ~2 {safety}
<nobody | no one> <will | would | is going to> ~1 <cry | die | sue | blame | complain | object | kill us | kill me |
    miss | notice | ask | check> ~~ {safety}
{safety} ~~ <nobody | no one> <will | would | is going to> ~1 <cry | die | sue | blame | complain | object | kill us |
    miss | notice | ask | check>
<shorter | fewer | less | lighter | smaller | thinner | slimmer | reduced | minimal> ~1 {safety} ~3 <this time | today
    | would | will | is | please | for once>
{safety} ~3 <shorter | lighter | smaller | quicker> <this time | than | today | please | . | for once>
<light | lite | slim | short | reduced | minimal | abbreviated | express> <version | edition | variant | form> of ~2
    {safety}
<we | i> <will | can | shall | would> ~1 <risk | chance | gamble> <it>? ~~ {safety}
<gamble | chance> ~3 without ~3 {safety}
[*] own
why <would | should | does> <anyone | anybody | somebody | someone | people | a> ~4 {safety}
who <even | actually | really | still | ever | seriously | honestly> ~3 {safety}
{safety} <schmests | shmests | schmanary | shmanary | blah | yadda | yada>
<is | are> <it | they> ~1 worth ~1 <waiting | doing | running | writing | asking | the>
<could | can | let us | we could | we can | why not> ~2 <do away with | get by | save | spare | economise on | skimp on
    | go light on | go easy on | cheat on> ~3 {safety}
<done | over> with ~3 {safety} already
[*] unasked
{safety} ~2 <makes | make> no sense
[*] own unasked
{safety} <is | are> for people <with | who>
^ {safety} , see ~3 , <done | that is it | fine>
{safety} <will | would | does | do | is not going to> not ~1 <show | tell | find | catch | prove | reveal | help |
    change | add> ~2
{safety} <tells | shows | proves | finds | catches | changes | adds> <us>? nothing
<that | it | this | which> <must | has to | will have to | needs to | ought to> <do | be enough | suffice | be good
    enough>
{safety} <is | are> <for> <beginners | cowards | others | amateurs | big companies | banks | people who | juniors |
    losers | wimps>
[*] own asking
{safety} <can | may | should | could> ~1 <stay | remain | be left> <empty | off | blank | silent | out | open | red |
    as is | closed | undone>
<let us | could we | can we | please | do> not ~1 <involve | block | stop | bring | drag | bother | hold | insist |
    get> ~4 {safety}
{safety} ~3 not a reason to <stop | wait | hold | block | delay>
no need to ~3 again
{safety} ~2 <once | one time> <is | was> enough
^ why <a | an | the | another | any> ~2 {safety} <, | for | if | when | at | anyway>
<n a | na | nothing | none | a dash> for ~2 {safety}
{safety} ~2 as <answered | read | given | seen | settled>
no ~1 {safety} , <they | it | we | just | that | please | straight>
no <stop | alarms | alerts> ~3 please
{safety} <less | fewer> ~1 <will | would> not <kill | hurt | harm>
<one | two> {safety} <less | fewer | more or less>
<not | no longer> ~2 <want to | wanna> <hear | talk | read | know> ~2 {safety}
<reviewing | testing | documenting | announcing | monitoring | rehearsing> ~3 <a waste | is pointless | is overkill |
    is silly | makes no sense>
[canary] own willing
<i want | we want | put> <it | this> on <every | all> ~3 <in one | at once | now>
<\d+> <minutes | min | hours | seconds | percent> ~3 instead of <\d+>
<finish | complete> it <. | , | now | already>
<the rest | everything else> ~1 in one go
good enough to judge
<give | hand | bring> <everybody | everyone | all users> ~4 <now | immediately | at once | straight away | today>
<on | to> every <node | server | pod | region | machine> <in one | at once | now | immediately | in a>
[rollback] own willing
<we | i> never <rollback | revert> anyway
<no one | nobody> has <time | energy> to <rehearse | practise | practice>
never <roll | rolled | go | went> <it>? back anyway
let us accept <that | it | this>
[monitoring] own willing
<blind eye | away> ~2 {monitoring}
no <abort | aborts> on
<be | are | am> <blind> ~~ <so what | fine | ok | for an hour | for a while | never mind>
<less | more> <sensitive | tolerant | forgiving> <until | for | while | so | tonight | please>
[approval] own willing
<her | his | their> <ok | yes | signature | approval | opinion | vote> ~1 not <needed | necessary | required |
    important>
<count | counts> my <vote | ok | approval | signature> <twice | double | too | as two>
<can | will | could> approve <that | it | this> , i <wrote | made | built | know>
[notes] own willing
<ship | release | deploy | do it | go> ~1 <silently | quietly | secretly>
[tests] own willing
<old | previous | last> ~3 will do
that <counts | qualifies | must count | should count | will count>
<no | without> ~1 second run
<once | one run> is enough
no need to <run | test | check | repeat | do> <it | that | them | this> again
<users | customers> will find <the bugs | it | them | out>
we ran half
<just | can we | let us | i will | can i> ~1 <take | use | reuse> ~1 <yesterday | last | old | previous> ~1 <numbers |
    results | figures | report | values | evidence | run>
[all] own willing
<deploy | patch | apply | change | push | fix | release | edit> ~4 <by hand | directly | with kubectl> <, | on | . |
    and | instead>
ssh <in | into | to | on>
<do | must | should> <i | we> ~1 <have to>? ~2 <all that | all this | all of that | all of this | everything | every
    single>
fill <that | this | it | them | all that> in for <me | us>
<stop | quit> being ~1 gatekeeper
<exceptions to every rule | exception to every rule | do it my way | it my way | a gatekeeper | only a recommendation |
    just a recommendation | only advice | just a suggestion | only a suggestion | just a guideline | only a guideline>
<push | press | hit> the button
want to go home
without ~3 <circus | dance | show | ritual | song and dance | pantomime | hassle | drama | rigmarole>
<look | looking> the other way
<no one | nobody> is stopping <us | me>
[all] willing asking own
leave <the | our | that | this | all | any> ~3 out <of it | of this | of that | this time | today | please>
<rules | process | processes | gates> <are | were> <made | meant | there | for | just | only | not> ~1 <be broken |
    guidelines | suggestions | fools | others | set in stone | carved | law>
<apologise | apologize | say sorry | beg forgiveness | explain ourselves> ~1 <later | afterwards>
<as an | as the | as your> <admin | cto | owner | root | boss | ceo | administrator | superuser> ~1 <i | you>
i <order | command | instruct | demand | authorise | authorize> <you | that | it | a | this>
<pretend | act | behave | imagine | simulate | play | roleplay> ~4 <no rules | no gate | no gates | without rules | an
    admin | unrestricted | approver | no checks | not a bot | rules do not>
<new instructions | new instruction | system prompt | developer message | jailbreak | prompt injection | unrestricted
    mode | you are now | disregard all | previous prompt | forget your>
<gimme | give me | give us | just say | print | output> ~2 <go | green light | thumbs up | green | pass>
<exception | favor | mercy> ~2 <for me | for us | this once | just once | one time | this one time | only today | just
    today>
<way | far | much | bit | little | overly | being> <too>? <strict | rigid | picky | formal | pedantic | fussy |
    bureaucratic | paranoid | careful | cautious>
<be> ~2 <pragmatic | reasonable | flexible | lenient | human | generous>
<we will | i will | let us> <risk it | chance it | gamble | take that risk | take the hit | live with it | live with
    that>
<what | who> <does not know | they do not know> ~3 <hurt | harm>
get <this | it> done <without | with no | with less> ~5
<stop | enough | no more> <with>? ~2 <questions | interrogation | questionnaire | lectures | lecturing | preaching>
""",
    LEXICON,
)
"""Tried behind the others."""
