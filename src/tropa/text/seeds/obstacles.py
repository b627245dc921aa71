"""Words by which a comment speaks of an obstacle; `#` stands for a number, `#th` for an ordinal one."""

OBSTACLES: dict[str, str] = {
    "wait": """
        ждать ждал* ждем жду ждут прожда* подожда* дождат* дожда* дождусь ожида* ожидан* долг* долго дольше
        очеред* медлен* задерж* затян* тянут тянется тянул* простоял* просидел* проторчал* торч* застрял*
        вечность целый_день весь_день полдня полчаса до_сих_пор все_еще_нет никак_не час_в минут_в #_минут #_мин
        #_час* #_день #_дня #_дней #_недел* #_месяц* #_сут* #_сутки #th_день #th_недел* #th_сутки #th_час
        недел*_жду сутки часами днями неделями недел*_тишин* сколько_можно так_и_не_дождал* когда_же в_статусе
        на_проверке
        wait* waited waiting slow slowly slower long longer took_ages ages forever queue* line delay* delayed hours
        #_hour* #_minute* #_min #_mins #_day* #_week* #_month* #th_day #th_week half_an_hour all_day whole_day still_no
        still_not stuck pending eternity how_long
    """,
    "failure": """
        ошибк* ошибок сбой сбои сбоит сбоев глюч* глюк* баг баги багов вылета* вылетел* вылет виснет завис*
        висит лага* тормоз* слета* слетел* сброс* сбрасыв* стира* стерл* сломал* сломан* падает упал упало
        рухнул* крашит* пропал* пропада* исчез* потерял* брак бракован* дефект* поврежд* не_работа* не_загруж*
        не_груз* не_открыв* не_приходит_код не_пришел_код не_прошел не_прошла не_прошло не_проходит не_отправля*
        не_отправил* не_сохран* не_получа* не_получилось не_принима* не_срабат* не_сработ* не_удалось не_удается
        не_запуск* не_нажима* не_дает_войти не_могу_войти не_читает* не_распозна* белый_экран отклон*
        некоррект* неисправ* перепутал* неправильн*
        error* bug bugs bugg* glitch* crash* fail fails failed failing failure* freeze* freezes froze frozen hang hangs
        hung broken broke breaks not_work* doesn't_work didn't_work won't_work wouldn't_load won't_load can't_log
        couldn't_log not_load* not_accept* wasn't_accepted not_open* won't_open lost defect* faulty damaged
        reject* declined unable can't_upload couldn't_upload doesn't_load doesn't_open wouldn't_open kicked_out
        blank_screen down outage invalid wrong
    """,
    "repeat": """
        снова опять заново повторн* повтор* еще_раз второй_раз третий_раз дважды трижды #_раз #_раза #th_раз
        по_нескольку_раз несколько_раз сколько_раз по_кругу все_сначала опять_сначала с_нуля перезаполн*
        переделыва* переделать перезагруз* пересыла* переотправ* ввожу_снова одно_и_то_же одни_и_те_же
        каждый_раз по_новой
        again repeat* twice thrice re-enter* reenter* re-upload* reupload* resend resubmit* redo #_times #th_time
        second_time third_time several_times many_times over_and_over once_more start_over from_scratch same_question*
        same_document* every_time another_time
    """,
    "return": """
        вернул*_на вернул*_обратно вернули_заявк* вернули_документ* возврат возвращ* отправили_обратно откатил* обратно
        назад вернул*_анкет* вернул*_форм* вернул*_договор* вернул*_бумаг* завернул* опять_сначала все_сначала
        с_начала с_нуля заново на_доработк* завернул* начинать_сначала начинай_сначала опять_с_начала вернулось
        на_прежний_этап сбросил* переоформ*
        back_to sent_back returned return go_back went_back start_over from_scratch started_again beginning step_back
        back_again set_back reopened undone redo
    """,
    "switch": """
        пришлось_ехать пришлось_идти пришлось_звонить пришлось_приехать пришлось_прийти пришлось_зайти ехать_в_отделен*
        ехать_в_офис идти_в_отделен* идти_в_офис заставили_ехать заставили_приехать отправили_в_отделен*
        отправили_в_офис отправили_на_сайт отправили_в_приложен* сказали_звонить сказали_прийти сказали_приехать
        только_в_отделен* только_в_офис только_по_телефон* только_через через_приложение_нельзя на_сайте_нельзя
        лично_прий* личн*_визит* в_другом_канал* нельзя_онлайн онлайн_нельзя переключ* перевели_в вместо_сайта
        перейти_на перейти_в переходить_на переходить_в выкидыва*_на had_to_phone
        go_to_the_branch go_to_the_office visit_the_branch visit_a_branch had_to_go had_to_visit had_to_call
        had_to_come sent_me_to told_to_call told_to_go told_to_come in_person only_by_phone only_in_app only_online
        not_online couldn't_online switch* another_channel other_channel instead_of_the_app instead_of_online
        finish_on on_the_phone_instead
    """,
    "contact": """
        поддержк* оператор* колл-центр* горяч*_лини* позвонил* звонил* звоню звонить дозвон* дозванив* написал_в писал_в
        пишу_в написала_в обратил* обращал* обращен* обращаться чат чате спросил* спрашива* уточня* уточнить выясня*
        разбирал* задал*_вопрос* задава*_вопрос* консультац* самому_узнавать
        support hotline call called calling phoned rang contact* chat asked ask asking inquir* enquir* helpdesk
        customer_service get_through reach_out reached_out email* wrote_to had_to_phone agent
    """,
    "broken_promise": """
        обещал* обещают обещан* пообещал* обещани* срок* сорвал* срыв* опозд* опазды* вовремя просроч* задерж* не_сдерж*
        сказали_что_будет сказали_завтра говорили_что_будет должны_были к_сроку позже_срока позже_обещан* перенес*
        перенос* сдвин* завтраками слово_не не_успел* не_в_срок договаривались вместо_обещан*
        promise* promised late deadline* on_time overdue delay* delayed postpon* reschedul* supposed_to said_it_would
        told_it_would missed_the not_delivered never_arrived never_came didn't_arrive didn't_come behind_schedule
        past_due as_agreed agreed
    """,
    "handover": """
        передал* передают передач* перевел* переводят перевод перекидыв* перекинул* футбол* пинают перенаправ*
        переадрес* гоня* между_отдел* переключ* от_одного_к_другому из_отдела_в_отдел друг_на_друга друг_другу
        по_кругу другой_отдел другой_менеджер другой_специалист другому_сотрудник* другого_сотрудник*
        нов*_менеджер* нов*_куратор* разн*_сотрудник* разн*_менеджер* каждый_раз_новый в_другой_отдел
        никто_не_знает никто_не_отвечает_за смежн* ответственн* сменил*_менеджер* не_знают_друг
        transfer* passed_around passed_on passed_to passed_me handed_over hand-off handoff handover another_department
        other_department different_department from_department another_agent another_person another_manager
        different_person new_manager pillar_to_post bounced around_in_circles nobody_knows no_one_knows
        redirect* each_other
    """,
    "silence": """
        не_отвеча* не_ответ* не_перезвон* не_дозвон* нет_ответа без_ответа ответа_нет ни_ответа тишин* тишина молчат
        молчали молчание молчит игнор* никто_не_отвеч* никто_не_ответ* никто_не_звон* никто_не_перезвон* не_связал*
        не_реагир* ноль_реакции пропали бросили_трубк* не_берут_трубк* жду_ответа нет_новост* не_сообщ* ни_слова
        ни_звонка ни_письма забыли забили не_выходят_на_связь ни_привета
        no_answer no_reply no_response no_one_answer* nobody_answer* never_answer* never_replied never_called
        not_answer* didn't_answer don't_answer didn't_reply didn't_respond unanswered ignore* ignored ignoring silence
        silent no_news not_heard haven't_heard never_heard didn't_call not_call* no_call no_word forgot forgotten
        ghosted no_update* radio_silence nobody_called no_one_called
    """,
    "low_score": """
        ужас* плох* плохо кошмар* отврат* разочар* недовол* худш* не_рекоменд* не_советую не_понрав* безобраз* бесит
        возмут* возмущ* больше_не_приду не_за_что не_вернусь хам* груб* обман* дорог* могло_быть_лучше
        bad awful terrible horrible worst poor disappoint* dissatisf* unhappy not_recommend never_again rude hate*
        useless unacceptable could_be_better
    """,
}

ORDINALS = """
    второй вторая вторую второго вторые третий третья третью третьего третьи четверт* пят* шест* седьм* восьм* девят*
    десят* second third fourth fifth sixth seventh eighth ninth tenth 2nd 3rd 4th 5th
"""
NUMBERS = """
    два две двух три трех четыре пять шесть семь восемь девять десять пятнадцать двадцать тридцать сорок пару пара
    несколько полтора полторы целый целую весь всю почти больше более
    two three four five six seven eight nine ten fifteen twenty thirty forty couple several few over
"""
