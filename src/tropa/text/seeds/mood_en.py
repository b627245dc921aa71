"""English words of mood and their weights; `*` stands for any ending, several words may have others between them."""

WEIGHTS: dict[float, str] = {
    3.0: """
        awesome amazing outstanding excellent perfect perfectly fantastic wonderful superb brilliant exceptional
        flawless love loved loves adore incredible best stellar phenomenal five_stars top_notch second_to_none
    """,
    2.0: """
        great happy pleased delighted impressed enjoy enjoyed thank thanks thx appreciate* recommend* beautiful friendly
        polite courteous professional glad exceed* kudos yay wow cool nice nicely helpful fast quick quickly prompt*
        smooth smoothly seamless* efficient* reliable comfortable delicious charming well_done good_job keep_it_up
        no_problem no_problems no_issues no_issue without_a_hitch without_problems hassle-free first_time_right
        can't_wait no_complaints come_again see_you_again be_back in_#_minutes in_#_min within_#_minutes only_#_minutes
    """,
    1.0: """
        good fine well easy easily simple clear helped help helps solved resolved fixed works satisfied kind thoughtful
        fair honest affordable useful interesting better improve* on_time in_time early safe safely accurate bonus
        discount free upgrade* welcome fun sharp fits pleasant nice_touch gem like_it liked hope congrats neat ok okay
        handy convenient intuitive transparent responsive understanding attentive
    """,
    -1.0: """
        slow slowly slower wait waited waiting waits queue queues long longer late delay delays delayed problem problems
        issue issues error errors bug bugs glitch* crash crashes crashed crashing hard difficult confusing confused
        unclear complicated expensive pricey overpriced fee fees hidden charge charged forced had_to again repeat*
        twice missing missed lost lose losing broke broken faulty damaged defect* dirty cold noisy cramped stuck froze
        freezes freezing hang hangs hung lag laggy fail fails failed failing failure unable can't cannot couldn't won't
        wouldn't didn't doesn't isn't wasn't don't hasn't haven't never nobody refuse* refused reject*
        rejected denied decline* declined cancel* cancelled canceled ignored ignore ignoring silence silent
        unanswered transfer* passed_around sad sorry worse weak lacking lacks poor-ish mediocre annoy* bother*
        unfortunately disappoint* dissatisf* complain* complaint why instead nowhere hours overdue wrong
        incorrect mistake mistakes mess mixed_up stranded hold on_hold could_be_better not_enough too_much
        refund* penalty blocked expired outdated
    """,
    -2.0: """
        bad badly awful terrible terribly horrible poor poorly rude rudely unprofessional incompetent useless pathetic
        unacceptable ridiculous disgusting nasty hate hated hates angry furious frustrat* upset lie lied lies
        lying liar* misleading misled dishonest cheat* deceiv* deceit scam scammed fraud* rip-off ripoff
        ripped_off steal stole theft disgrace* shame ashamed fail_to nightmare disaster avoid waste wasted joke
        sucks suck crap shit bullshit damn stupid idiot* dumb careless negligent clueless absurd outrageous
        insult* never_again stay_away not_recommend not_happy not_satisfied not_work* doesn't_work didn't_work
        not_working no_answer no_reply no_response no_one_answers not_answer* not_help* not_resolved not_solved
        no_help no_explanation beware waste_of_time waste_of_money not_worth money_back never_arrived
        still_waiting lack_of
    """,
    -3.0: """worst appalling atrocious horrendous horrific abysmal dreadful disgusted zero_stars""",
}

NEGATORS = (
    "not no never without nobody none neither nor hardly barely don't doesn't didn't isn't wasn't aren't weren't can't "
    "cannot couldn't won't wouldn't shouldn't hasn't haven't hadn't ain't dont doesnt didnt isnt wasnt cant wont"
)
STRONGER = "very extremely really so too absolutely totally completely incredibly highly super most utterly truly"
WEAKER = "somewhat slightly fairly quite rather little bit almost partly sometimes kinda"
CONTRAST = "but however although though yet nevertheless whereas except"
