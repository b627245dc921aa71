"""Words that say nothing of what a text is about."""

_WORDS = """
    а без более больше бы был была были было быть в вам вас ваш ваша ваше ваши ведь весь вместо во вообще вот
    все всегда всего всей всем всех всю вы где говорить да даже дать делать для до другой его ее если есть еще
    же за затем зато здесь знать и из или им именно ими их к каждый как какая какие какой когда которая которое
    которые который кроме кто куда ли либо лишь между меньше меня мне много мной мог могу мое может можно мои
    мой мочь моя мы на над надо нам нас наш наша наше наши не него нее ней некому нем ни нибудь никак никому
    никто ничего но ну нужно о об один одна однако одно около он она они оно опять от очень перед по под после
    потом потому почему почти поэтому при про просто раз разве с сам сама сами само самый свое свои свой своя
    сделать себе себя сейчас сказать со стать так такая также такие такой там тебе тебя тем теперь то тобой
    тогда того тоже той только том тот тою ту тут ты у уж уже хотеть хоть хотя чего чей чем через что чтоб чтобы
    чуть эта эти это этого этой этом этот эту я
    a about above after again against all also am amp an and any are as at be because been before being below
    between both but by can can't could couldn't did didn't do does doesn't doing don't done down during each
    etc few for from get gets getting got had has have having he her here him his how i i'd i'll i'm i've if im
    in into is isn't it it's its just let may me might mine more most must my no nor not of off on once one only
    or other our out over own per same shall she should so some such than that the their them then there these
    they this those through to too under until up us very via was wasn't we were what when where which while who
    whom whose why will with won't would you you're your
"""
STOP = frozenset(_WORDS.split())
