"""Frames of doing without out of habit or impatience (V2): never needed before, no time for it, on one's own word. Data only."""

from flows.speech.frames import frames, one_of, phrases
from flows.speech.shortcuts import LEXICON as SHORTCUTS

_WORDS = phrases(
    """
hours: hour | hours | half an hour | an hour | a day | days | week | a week | minutes | min | an afternoon | all day |
    all night | that long | the time | the patience | the nerves
nerves: sit through | spend | suffer | suffer through | endure | repeat | redo | go through | watch | stare at | queue for |
    babysit | hang around for | burn | lose | sit around for | sit and watch
live: it is live | it is out | it is in production | it is deployed | it is released | it is shipped | we are live | we are
    out | it is up | this is live | this is out | that is live | it is running | it runs
unkept: undocumented | unannounced | unreviewed | unapproved | unsigned | unmonitored | unwatched | unverified |
    unchecked | unrehearsed
ours: product | qa | legal | security | sales | support | the owner | the lead | the board | the approver | the approvers |
    the reviewer | the reviewers | anyone | anybody | everyone | everybody | him | her | them | compliance | management
works: tests | rehearses | runs | does | writes | documents | reads | checks | watches | drills | reviews | looks at |
    practises | practices | opens | uses | needs | follows | fills
never: needed | required | asked for | bothered with | wrote | did | tested | rehearsed | ran | used | documented | had to have
usual: before | in the past | until now | so far | in years | for years | anyway | last time | on this team | in this team |
    either
box: the box | the server | the host | the machine | the node | the vm | the cluster | production | the database | the pod |
    the router
"""
)
LEXICON = {**SHORTCUTS, **{name: one_of(text) for name, text in _WORDS.items()}}

HABITS = frames(
    r"""
[*] asking own
<rather not | not want to | not feel like | not going to | no desire to | not gonna | not fancy> {nerves} ~5 {safety}
<not | no> <have | got> ~2 {hours} <for | to> ~4 {safety}
not <spend | waste | lose | burn> ~3 {hours} <on | for | with> ~4 {safety}
<can not | could not | not> <spare | afford> ~3 <for | on> ~4 {safety}
{safety} <eats | costs | takes | burns | wastes> ~3 <hour | hours | day | days | half an hour | ages | forever | afternoon> ,
    <let us | so | just | skip | we | ship | go> ~1 <not | skip | ship | go | deploy | without>
[*] asking own open
<we | i | one | they | team> ~1 never ~1 {never} ~4 {safety} ~3 {usual}
<we | i | one> <have | had>? never ~1 <needed | required | bothered with | asked for> ~3 {safety}
so let us not <start | begin> ~1 <. | now | today | with | doing | asking | writing>
<nobody | no one | hardly anybody | hardly anyone> ~1 {works} ~2 {safety} <,>? <come on | these days | nowadays | anymore | in
    practice | seriously | in reality | honestly | let us be | so why | so let us>
<not | nobody | no one> ~1 <gets | got> ~1 <fired | sued | hurt> ~3 {safety}
<i | we | let us | somebody | someone | they> <will | can | shall | could>? ~1 <write | test | rehearse | document | review |
    fix | add | do | run | set up | prepare | practise | define | fill in | think about> ~3 {safety} ~2 <when | once | after
    | as soon as> {live}
<spare | save> <us | me | yourself | everybody | everyone> ~3 {safety}
[*] willing asking own
<ship | deploy | release | go | push | roll | promote | merge | launch> <it | this | that>? <even> ~1 without ~3 {safety}
as if ~4 <reads | needs | cares about | checks | watches | uses> ~3 {safety}
[canary] willing asking own
<go | going | run | roll | start> ~1 full <blast | throttle | speed | steam | power | tilt>
<set | put | turn | move | bring | crank | push | pull> ~2 <weight | traffic | percentage | share | split | slider | dial |
    canary> ~2 to <100 | 100% | the max | full | all | everyone> ~1 <right away | now | at once | immediately | directly |
    straight | today | from the start | straight off>
<all | everyone | everybody | 100% | 100> ~6 <straight off | off the bat | in one swing | first go>
<\d+%?> <percent>? <takes | costs> <too long | forever | ages | hours> ~2
[approval] willing asking own
<consider | treat | regard | see | take | call> <it | this | that | us | him | her | the release | the change> <as>? <approved |
    signedoff | signoff | signed | reviewed | cleared | agreed>
<set | put | switch | flip | turn | make | mark> <it | this | that | the verdict | the card | the release> ~1 <to | as>? <go |
    green | approved | cleared> <yourself | for us | for me | already | on your own | please | anyway | now | , | without>
<give | gives | gave> ~1 <my | his | her | their> <ok | approval | blessing | word> <for | on behalf> ~2 <him | her | them |
    kai | lena | mia>
<just | simply | hurry up and | go ahead and | shut up and | stop asking and> approve <it | this | that | us | the release |
    the plan>
approve <it | this | that | the release> <already | anyway | regardless | or else | now or>
<set | put | switch | flip | turn | change> ~1 <the verdict | verdict | the status> <to | =>? <go | green | approved | cleared>
<set | put | switch | flip | turn> <it | this | the card> to <go | green>
pretend ~3 <done | rehearsed | tested | approved | signedoff | signed | green | verified | there>
[approval] asking own
not <need | require | have to ask | have to get> ~4 <ok | blessing | say so | go ahead | nod | green light>
<let us | can we | could we | please | will | why> not wait ~1 for ~1 {ours} <. | , | and | they | she | he | this time | today |
    again | anymore>
<not | never> need ~1 <anybody | anyone | somebody> to <approve | sign | signoff | agree | look | review | say>
[rollback] own
if <it | that | this | something | anything | things> <breaks | break | fails | fail | goes wrong | go wrong | blows up |
    explodes | crashes> <,>? <then>? <we | i> <will | can | would> ~1 <figure | think of | find | improvise | manage | sort |
    deal with | cope | see then | worry | handle it>
[notes] willing asking own
{launch} <it | this | that>? ~1 {unkept}
no <mr | pr | merge request | pull request | ticket | change record> ~1 <for this | needed | this time | today | for that |
    on this one>
[all] own asking
<changed | edited | patched | fixed | did | hacked | tweaked> <it | this | that | something> ~1 <directly | by hand | manually
    | live | straight> ~1 <on | in> {box}
<make | grant | give us | give me | get | have> ~1 exception ~1 <to | from> <all | all this | this | these | the rules | the
    process | everything | your rules>
<no | not> <more | another> <questions | question | gates | checks> <,>? <just | deploy | ship | go | please | release>
""",
    LEXICON,
)
"""Tried behind the evasions."""
