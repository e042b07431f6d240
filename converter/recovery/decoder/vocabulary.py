"""Closed lists of words by what they tell about a sentence. Stems (see `words.stem`), lower case, no names.

A class is one feature of the engine; the lists are ours, the weights that go with them were learned.
"""

from __future__ import annotations

_LISTS: dict[str, str] = {
    "i": "i me my mine myself",
    "you": "you your yours yourself yourselves y'all ya",
    "we": "we us our ours ourselves",
    "he": "he him his himself she her hers herself",
    "they": "they them their theirs themselves",
    "it": "it its itself",
    "that": "that this these those",
    "the": "the",
    "a": "a an another",
    "yes": """yes yeah yep no nope nah oh ok okay well hey hi hello uh um huh hmm mm ah aah wow please sorry thanks
        thank alright sure maybe listen goodbye bye god damn shit fuck hell gee jesus christ yo right absolutely exactly
        congratulations welcome""",
    "what": "what who whom whose why how which",
    "when": "when where while until till",
    "be": "be am is are was were been being 'm 're ain't",
    "do": "do does did done doing",
    "have": "have has had having 've got gotta",
    "can": "can could will would shall should may might must cannot 'll 'd gonna wanna won't can't",
    "not": "not n't never",
    "and": "and or nor &",
    "but": "but so because cause though although unless except either neither whether",
    "if": "if",
    "then": "then finally suddenly just now again still already soon later instantly meanwhile slowly quickly quietly",
    "as": "as like than",
    "to": "to",
    "in": """in on at from into onto of with by for about over under behind beside between through across along around
        against toward towards above below inside outside off out up down past near before after without within upon
        beyond during among beneath""",
    "all": "all some any every each many much more most few several both half other none enough one two three four",
    "here": "here there away back ahead forward home",
    "thing": "something anything nothing everything someone anyone everyone everybody somebody nobody anybody",
    "camera": """camera shot angle close closeup pan pov pull dolly zoom crane frame screen lens view intercut montage
        insert dissolve fade cut flash super superimpose title credits card iris wipe smash track
        tilt rack focus series establish freeze slow aerial wide angl""",
    "see": "see hear reveal find discover notice spot glimpse recognize realize",
    "look": "look stare glance watch gaze peer turn face eye glare study nod smile grin frown laugh shrug sigh wink",
    "say": "say tell ask speak talk shout yell whisper scream mutter answer reply call cry add explain",
    "think": """think know want need mean guess hope love like believe remember forget understand feel care wish hate
        promise swear suppose bet worry deserve trust figure wonder happen matter let""",
    "go": """walk run enter exit step move cross head rush hurry race dash stumble stagger stride crawl climb jump leap
        drive pass approach follow lead arrive cross retreat slip slide drift float fly swim dive wander stroll creep
        sneak storm march circle spin swing sway dance rise stand sit lie lean kneel crouch bend bow duck squat settle
        drop fall collapse tumble land hang rest freeze pause stop start begin continue wait pick grab take hold lift
        carry drag push pull shove throw toss catch hand give offer pass put set place lay slam shut close open unlock
        knock press hit strike punch kick slap smash break crash tear rip burst explode shatter fire shoot aim point
        raise lower wave gesture shake touch tap rub stroke pat wipe brush wash dry pour drink sip eat chew swallow
        light smoke blow breathe gasp wince flinch tremble shiver shudder kiss hug embrace squeeze grip clutch grasp
        reach stretch fold unfold wrap tie untie button zip dress undress remove pull tuck dig search rummage flip
        switch type dial write read scan draw paint play sing ring buzz beep ding roar rumble echo glow shine glitter
        flicker sparkle blare honk screech squeal hum fill cover surround appear disappear vanish emerge loom
        come go leave return stare back get kneel scramble hover unfurl weave whirl twirl drain fumble peel stuff
        flop hurl lunge limp plunge pop prop roll scribble scurry shuffle slump snap snatch spill sprint stalk steer
        straighten strain struggle swerve sweep swivel thumb toil trail trot trudge twist usher yank""",
    "body": """hand arm leg foot feet head hair lip mouth shoulder finger chest knee neck cheek chin ear nose
        tear brow forehead fist palm wrist elbow waist hip thumb throat skin jaw body eyes breath""",
    "stuff": """door window table chair desk bed floor wall ceiling room hall hallway corridor stair staircase kitchen
        bathroom bedroom couch sofa lamp light phone glass bottle cup plate bag box paper page book letter envelope
        photo photograph picture mirror drawer shelf counter bar car truck van bus seat wheel engine gun knife rifle
        pistol bullet coat jacket shirt pants shoe boot hat glove dress suit bell radio screen monitor key lock gate
        fence road street sidewalk corner building roof tree grass field river water sky sun moon cloud snow rain wind
        dust smoke fire blood shadow darkness silence sound music noise crowd line face stage piano curtain""",
    "man": """man woman boy girl guy kid child baby lady gentleman men women driver officer cop policeman detective
        guard soldier sergeant captain lieutenant colonel general doctor nurse waiter waitress bartender clerk manager
        customer teacher student singer dancer musician player director assistant secretary reporter announcer host
        judge lawyer priest father mother mom dad brother sister son daughter wife husband uncle aunt grandmother
        grandfather boss agent voice crew member worker owner operator pilot photographer receptionist attendant
        passenger stranger thug victim bum janitor warden inmate prisoner clerk anchor attorney actress actor
        producer audience everybody group crowd neighbor
        technician bellman valet messenger person tv radio computer""",
    "day": """day night morning evening afternoon dawn dusk sunset sunrise noon midnight moment moments continuous later
        same today tonight tomorrow yesterday week month year hour minute second season winter spring summer fall autumn
        day/night""",
    "int": "int ext i/e int/ext ext/int est",
    "mr": "mr mrs ms dr st jr sr sgt lt capt prof rev",
    "omit": "omit omitted deleted",
    "beat": "beat pause silence",
}

# Words that make a heading's end; "moment later" and the like begin with one of them.
TIMES = frozenset(
    """day night morning evening afternoon dawn dusk sunset sunrise noon midnight continuous continued later same
    moments moment sunup sundown twilight present magic-hour day/night""".split()
)

# What a cue may have beside its name, words of two-word extensions ("( on phone )") included.
EXTENSION_OPENERS = frozenset(
    """cont cont'd contd continued o.s v.o o.c o.s. v.o. o.c. o/s v/o os vo oc filtered
    pre-lap prelap off-screen offscreen""".split()
)

TRANSITION_WORDS = frozenset("cut dissolve fade wipe iris smash match flash jump intercut time title end cuts".split())

# Words that open a heading which is a shot.
SHOT_WORDS = frozenset("angle close closer insert pov wide reverse series montage intercut back flashback on".split())


def classes() -> dict[str, str]:
    """Word or stem -> its class; where a word stands in two lists, the first wins."""
    table: dict[str, str] = {}
    for name, listed in _LISTS.items():
        for word in listed.split():
            table.setdefault(word, name)
    return table
