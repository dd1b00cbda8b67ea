"""Function words by language: they decide beside which words a caption may be broken well."""

# Conjunctions and prepositions: a line rather begins with them than ends with them.
_LEADS = {
    "en": "and or but nor so yet because although though while when where whether if unless until since after "
    "before that which who whose what how why than as of in on at by for from to into onto with without within about "
    "above across against along among around behind below beneath beside between beyond during except "
    "inside near off out outside over past through toward towards under up upon via instead",
    "de": "und oder aber denn sondern weil obwohl während wenn wann wo ob falls bis seit nachdem bevor dass "
    "damit sodass als wie sowie von vom in im ins an am ans auf aus bei beim durch für gegen hinter mit "
    "nach neben ohne über um unter vor zu zum zur zwischen statt trotz wegen",
    "fr": "et ou mais donc or ni car que qui dont où quand lorsque si comme parce puisque pour par avec sans "
    "dans en sur sous vers chez entre depuis pendant avant après contre de du des à au aux",
    "es": "y e o u pero sino ni que porque aunque cuando donde si como mientras para por con sin en sobre bajo "
    "hacia hasta desde entre según tras contra de del a al",
    "it": "e ed o ma né che perché anche quando dove se come mentre per con senza in nel nella nei nelle su sul "
    "sulla sotto verso tra fra da dal dalla di del della dei delle a ad al alla",
    "pt": "e ou mas nem que porque embora quando onde se como enquanto para por pelo pela com sem em no na nos "
    "nas sobre sob até desde entre contra de do da dos das a ao à",
    "nl": "en of maar want omdat hoewel terwijl wanneer waar als toen dat die om van in op aan bij door voor "
    "tegen achter met naar naast zonder over onder tussen uit tot te via",
    "sv": "och eller men för att när om som där medan i på av till från med utan under över genom vid mot "
    "mellan efter innan",
    "da": "og eller men for at når hvis som hvor mens i på af til fra med uden under over gennem ved mod mellem "
    "efter før",
    "no": "og eller men for at når hvis som hvor mens i på av til fra med uten under over gjennom ved mot "
    "mellom etter før",
    "pl": "i a lub albo ale że bo gdy kiedy gdzie jeśli jak który która które w we na z ze do od po przez przy "
    "dla o u nad pod przed bez między",
    "ru": "и а но или что чтобы когда где если как который которая которое в во на с со к ко от до по из за для "
    "о об у над под перед без через при между",
}
# Articles, pronouns, auxiliaries: they belong to the word after them.
_BOUND = {
    "en": "a an the this these those my your his her its our their no every each any some is are was were be "
    "been has have had do does did will would can could may might must shall should not very more most "
    "such i you he she it we they",
    "de": "der die das den dem des ein eine einen einem einer eines kein keine mein dein sein ihr unser euer "
    "diese dieser dieses jede jeder jedes ist sind war wird werden hat haben kann nicht sehr ich du er "
    "sie es wir man",
    "fr": "le la les un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces "
    "chaque ne pas très est sont a ont je tu il elle on nous vous ils elles",
    "es": "el la los las un una unos unas mi tu su mis tus sus este esta estos estas cada no muy es son ha han "
    "se lo le",
    "it": "il lo la i gli le un uno una mio tuo suo questo questa questi queste ogni non molto è sono ha hanno si",
    "pt": "o os as um uma uns umas meu seu sua este esta cada não muito é são foi tem",
    "nl": "de het een mijn jouw zijn haar ons onze hun deze dit elke geen is heeft kan niet zeer ik je hij zij we",
    "sv": "en ett den det de min din sin vår är har kan inte mycket jag du han hon vi",
    "da": "en et den det de min din sin vores er har kan ikke meget jeg du han hun vi",
    "no": "en et ei den det de min din sin vår er har kan ikke veldig jeg du han hun vi",
    "pl": "ten ta to te mój twój jego jej nasz nie bardzo jest są się",
    "ru": "этот эта это эти мой твой его её наш не очень",
}
LEADS = {language: frozenset(words.split()) for language, words in _LEADS.items()}
BOUND = {language: frozenset(words.split()) for language, words in _BOUND.items()}
