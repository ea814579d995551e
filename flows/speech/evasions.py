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
{safety} <will | would | does | do | is not going to> not ~1 <show | tell | find | catch | prove | reveal | help |
    change | add> ~2
{safety} <tells | shows | proves | finds | catches | changes | adds> <us>? nothing
<that | it | this | which> <must | has to | will have to | needs to | ought to> <do | be enough | suffice | be good
    enough>
{safety} <is | are> <for> <beginners | cowards | others | amateurs | big companies | banks | people who | juniors |
    losers | wimps>
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
