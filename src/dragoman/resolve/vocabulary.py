"""Words of English that the reading of names and mentions needs: no facts, these stand in the tables."""

PARTICLES = frozenset(
    """al el as ash ad an ar at bin ibn ben de da di do dos du des la le van von der den ter ap bint abu y e zu""".split()
)
"""Small words inside names of persons."""

FORMER = frozenset("""former ex late onetime outgoing erstwhile retired ousted""".split())
"""Words before a title of which the time in office is over."""

NOT_NAMES = frozenset(
    """the a an this that these those in on at by for from to of and or but if as it its he she they we you i his her
    their our my your who what when where why how which there here not no yes monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december earlier
    later also after before while since during although though however meanwhile according one two three four five six
    seven eight nine ten many some several most all both each every other another more less such so then now just only
    even still yet never with without about against between among under over until because despite instead like unlike
    given last next first second new old photo image file read see related advertisement mr mrs ms dr is are was were
    be been has have had do does did will would can could should might must let please thank thanks god""".split()
)
"""Words that begin no name though they may be written with a capital."""

MODIFYING = frozenset(
    """deputy senior acting then chief top newly new incoming elected appointed longtime current first vice prime
    foreign""".split()
)
"""Words between a country and a title."""

CLAUSE = frozenset("""said says told who whose which that was is were are has had have will would""".split())
"""Words at which an apposition ends."""

NAME_GAPS = frozenset((" ", "-", ". ", "\u00a0"))
"""What may stand between the words of one name."""
